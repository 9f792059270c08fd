import { statSync } from 'node:fs';
import { pino } from 'pino';
import { installationCheckOf } from '../composition.ts';
import { restoreBackup } from '../platform/database/restore.ts';
import { checkInstallation } from '../platform/installation/check.ts';
import { openTemporal } from '../platform/temporal/client.ts';
import { toCommandError } from './backup.command.ts';
import { type CommandContext, CommandError, type Outcome, UsageError } from './command.ts';
import { openProgress } from './progress.ts';

export interface RestoreCommandOptions {
  force?: boolean;
}

/** Loads a backup into an empty database; afterwards no message leaves until somebody confirms. */
export async function restore(
  context: CommandContext,
  file: string,
  { force = false }: RestoreCommandOptions,
): Promise<Outcome> {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new UsageError(`There is no file ${file}.`);
  const databaseUrl = context.databaseUrl();
  const progress = openProgress(context.terminal, 'bytes');
  let read = 0;
  try {
    const { manifest, applied } = await restoreBackup(databaseUrl, file, {
      force,
      // The file is read twice.
      onBytes: (bytes) => {
        read += bytes;
        progress.show(read, size * 2, read > size ? 'load' : 'check');
      },
    });
    await noteRestored(context);
    const { takenAt, tables, keyIds } = manifest;
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    const keys = keyIds.length > 0 ? `\nIts secrets need the encryption keys: ${keyIds.join(', ')}.` : '';
    const text =
      `Loaded ${rows} rows of ${tables.length} tables, as of ${takenAt}.${keys}\n` +
      'No message leaves until somebody has looked at the sends without an outcome and confirms, in the panel or with:\n' +
      '  npm run peyk -- resume-sending';
    return { text, data: { file, takenAt, rows, tables: tables.length, keyIds, applied, sendingPaused: true } };
  } catch (error) {
    throw toCommandError(error, file);
  } finally {
    progress.end();
  }
}

/** What an API would do at its next look; done now, so that nobody finds the rows as they were. */
async function noteRestored({ config, database }: CommandContext): Promise<void> {
  const { address } = config.temporal;
  const client = address ? openTemporal({ ...config.temporal, address }) : null;
  try {
    await checkInstallation(installationCheckOf(database(), client, pino({ level: 'silent' })));
  } catch (error) {
    throw new CommandError(
      `The rows are loaded and sending is paused, but what may have been sent was not marked yet: ${error instanceof Error ? error.message : error}\n` +
        'The next start of Peyk does it.',
    );
  } finally {
    await client?.connection.close();
  }
}
