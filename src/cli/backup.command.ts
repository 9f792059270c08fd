import { existsSync } from 'node:fs';
import { ENCRYPTED_COLUMNS } from '../features.ts';
import { writeBackup } from '../platform/database/backup.ts';
import { BackupError } from '../platform/database/backup-file.ts';
import { type CommandContext, CommandError, type Outcome, UsageError } from './command.ts';
import { openProgress } from './progress.ts';

/** Writes the whole database into one file, as it stands at one moment, while Peyk goes on. */
export async function backup(context: CommandContext, file: string): Promise<Outcome> {
  if (existsSync(file)) throw new UsageError(`${file} exists already; a backup never overwrites a file.`);
  const databaseUrl = context.databaseUrl();
  const progress = openProgress(context.terminal, 'tables');
  try {
    const manifest = await writeBackup(databaseUrl, file, {
      sealedColumns: ENCRYPTED_COLUMNS,
      onProgress: (done, total, table) => progress.show(done, total, table),
    });
    const { takenAt, tables, keyIds, migrations } = manifest;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const keys = keyIds.length > 0 ? ` Its secrets need the encryption keys: ${keyIds.join(', ')}.` : '';
    const text = `Wrote ${rows} rows of ${tables.length} tables, as of ${takenAt}, to ${file}.${keys}`;
    const newestMigration = migrations.at(-1)?.name ?? '';
    return { text, data: { file, takenAt, rows, tables: tables.length, keyIds, newestMigration } };
  } catch (error) {
    throw toCommandError(error, file);
  } finally {
    progress.end();
  }
}

/** What is wrong with the file or the disk, for people; anything else goes on as it is. */
export function toCommandError(error: unknown, file: string): unknown {
  if (error instanceof BackupError) return new CommandError(error.message);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new CommandError(`There is no such folder or file: ${file}.`);
  if (code === 'ENOSPC') return new CommandError('The disk is full. Nothing was kept.');
  if (code === 'EACCES' || code === 'EROFS') return new CommandError(`This may not be written: ${file}.`);
  return error;
}
