import type { ShopPrompt } from '../reply-context.ts';
import type { Queries } from '../../platform/database/client.ts';

export const PROMPT_VERSION_STATES = ['draft', 'published', 'retired'] as const;

/** A version by its name: the shop's own, else the release's. Null when there is neither. */
export async function findPromptVersion(
  db: Queries,
  businessId: string,
  name: string,
  version: string,
): Promise<ShopPrompt | null> {
  const own = await db.promptVersion.findUnique({
    where: { businessId_name_version: { businessId, name, version } },
    select: { version: true, fa: true, en: true },
  });
  if (own) return own;
  const files = await db.promptFile.findMany({ where: { businessId, name, version, kind: 'prompt' } });
  const bodyOf = (language: string) => files.find((file) => file.language === language)?.body.trim();
  const [fa, en] = [bodyOf('fa'), bodyOf('en')];
  return fa === undefined || en === undefined ? null : { version, fa, en };
}

/** The names of all versions of a prompt, the release's first. */
export async function listPromptVersions(db: Queries, businessId: string, name: string): Promise<string[]> {
  const files = await db.promptFile.findMany({ where: { businessId, name, kind: 'prompt', language: 'en' } });
  const own = await db.promptVersion.findMany({ where: { businessId, name } });
  const newestLast = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });
  return [...files, ...own].map(({ version }) => version).sort(newestLast);
}

/** The version that answers are made with now. Null when nothing of that name is known. */
export async function findPromptInUse(db: Queries, businessId: string, name: string): Promise<ShopPrompt | null> {
  const published = await db.promptVersion.findFirst({ where: { businessId, name, state: 'published' } });
  if (published) return { version: published.version, fa: published.fa, en: published.en };
  const where = { businessId, name, kind: 'prompt', isCurrent: true };
  const current = await db.promptFile.findFirst({ where, select: { version: true } });
  return current && findPromptVersion(db, businessId, name, current.version);
}

/** A name for a new version, made of another: `v2` and `v2.3` are followed by `v2.4`. Locks until the transaction ends. */
export async function nameNextVersion(db: Queries, businessId: string, name: string, basedOn: string): Promise<string> {
  const release = basedOn.split('.')[0] as string;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`peyk:prompt-version:${businessId}:${name}`}))`;
  const rows = await db.promptVersion.findMany({
    where: { businessId, name, version: { startsWith: `${release}.` } },
    select: { version: true },
  });
  const last = Math.max(0, ...rows.map(({ version }) => Number(version.split('.')[1])));
  return `${release}.${last + 1}`;
}

/** Puts a version in use and retires the one before it. Resolves to false when it is in use already, or gone. */
export async function publishVersion(
  db: Queries,
  { businessId, name, id }: { businessId: string; name: string; id: string },
  by: string,
  now: Date,
): Promise<boolean> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`peyk:prompt-version:${businessId}:${name}`}))`;
  const before = { businessId, name, state: 'published', id: { not: id } };
  await db.promptVersion.updateMany({ where: before, data: { state: 'retired' } });
  const { count } = await db.promptVersion.updateMany({
    where: { id, businessId, state: { not: 'published' } },
    data: { state: 'published', publishedAt: now, publishedBy: by },
  });
  return count === 1;
}

/** Takes a published version out of use: the release's prompt answers again. Resolves to false when it was not in use. */
export async function withdrawVersion(db: Queries, businessId: string, id: string): Promise<boolean> {
  const where = { id, businessId, state: 'published' };
  return (await db.promptVersion.updateMany({ where, data: { state: 'retired' } })).count === 1;
}
