import type { Command } from 'commander';
import { ConfigError } from '../config.ts';
import { backup } from './backup.command.ts';
import type { CommandContext, Outcome } from './command.ts';
import { doctor, reportConfig } from './doctor.command.ts';
import { type RestoreCommandOptions, restore } from './restore.command.ts';
import { pauseSendingCommand, resumeSendingCommand } from './sending.command.ts';

const BACKUP_HELP = `
The file holds what customers wrote: keep it like the database. Stored secrets stay encrypted; keep ENCRYPTION_KEYS elsewhere.

Example:
  npm run peyk -- backup peyk-monday.backup`;

const RESTORE_HELP = `
The file is read to its end before anything changes, and loaded as a whole or not at all. Stop the API and the workers first if
you can. Afterwards no message leaves until somebody confirms; see docs/restore.md.

Example:
  npm run peyk -- restore peyk-monday.backup`;

type Run = (work: (context: CommandContext) => Promise<Outcome>) => Promise<void>;

/** The commands that concern the installation as a whole. */
export function addInstallationCommands(program: Command, run: Run, tell: (outcome: Outcome) => void): void {
  program
    .command('backup <file>')
    .description('write the whole database into one file')
    .addHelpText('after', BACKUP_HELP)
    .action((file: string) => run((context) => backup(context, file)));
  program
    .command('restore <file>')
    .description('load a backup into an empty database')
    .option('--force', 'delete what the database holds first')
    .addHelpText('after', RESTORE_HELP)
    .action((file: string, options: RestoreCommandOptions) => run((context) => restore(context, file, options)));
  program
    .command('pause-sending')
    .description('let no message leave until somebody resumes')
    .requiredOption('--reason <words>', 'shown to everybody in the panel')
    .action((options: { reason: string }) => run((context) => pauseSendingCommand(context, options)));
  program
    .command('resume-sending')
    .description('confirm that messages may leave again')
    .action(() => run(resumeSendingCommand));
  program
    .command('doctor')
    .description('look at the configuration, the database, the engine and what waits, and say what to do')
    .addHelpText('after', '\nExit 0: nothing is failing; 1: something is.')
    .action(() =>
      run(doctor).catch((error: unknown) => {
        if (!(error instanceof ConfigError)) throw error;
        tell(reportConfig(error));
      }),
    );
}
