import type { Database } from '../../platform/database/client.ts';

export const PROMPT_KINDS = ['prompt', 'texts', 'schema'] as const;

/** One file of a prompt. `language` is `*` where it is the same in all. */
export interface PromptFileRow {
  name: string;
  version: string;
  language: string;
  kind: (typeof PROMPT_KINDS)[number];
  body: string;
  checksum: string;
  isCurrent: boolean;
}

/**
 * Writes the release's prompt files into the database for every business, so that they can be listed like anything else.
 * Files that are gone disappear. Safe to run from several processes at once: the last one wins with the same content.
 */
export async function savePromptFiles(db: Database, files: readonly PromptFileRow[]): Promise<void> {
  const rows = JSON.stringify(files);
  await db.$transaction([
    db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('peyk:prompt-files'))`,
    db.$executeRaw`
      INSERT INTO prompt_files (business_id, name, version, language, kind, body, checksum, is_current)
      SELECT b.id, f.name, f.version, f.language, f.kind, f.body, f.checksum, f."isCurrent"
      FROM businesses b CROSS JOIN jsonb_to_recordset(${rows}::jsonb)
        AS f(name text, version text, language text, kind text, body text, checksum text, "isCurrent" boolean)
      ON CONFLICT (business_id, name, version, language, kind) DO UPDATE
        SET body = excluded.body, checksum = excluded.checksum, is_current = excluded.is_current, updated_at = now()
        WHERE (prompt_files.checksum, prompt_files.is_current) IS DISTINCT FROM (excluded.checksum, excluded.is_current)`,
    db.$executeRaw`
      DELETE FROM prompt_files p WHERE NOT EXISTS (
        SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS f(name text, version text, language text, kind text)
        WHERE (f.name, f.version, f.language, f.kind) = (p.name, p.version, p.language, p.kind))`,
  ]);
}
