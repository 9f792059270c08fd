import { Command, CommanderError } from 'commander';
import { ConfigError, loadConfig } from '../config.ts';
import { ROLES } from '../platform/auth/permissions.ts';
import { type Database, openDatabase } from '../platform/database/client.ts';
import { classifyDatabaseFault } from '../platform/database/database-fault.ts';
import { LIMITS } from '../platform/database/limits.ts';
import { MigrationError } from '../platform/database/migrate.ts';
import { PeykError } from '../platform/errors.ts';
import { DEFAULT_RERUN_TURNS } from '../replies/reruns/rules.ts';
import { readResolvedEnvironment } from '../start/resolved-environment.ts';
import { type BootstrapAdminOptions, bootstrapAdmin } from './bootstrap-admin.command.ts';
import { type CommandContext, CommandError, type Outcome, type Terminal, UsageError } from './command.ts';
import { type EraseOptions, erase } from './erase.command.ts';
import { addInstallationCommands } from './installation-commands.ts';
import { migrate } from './migrate.command.ts';
import { type ReconcileCommandOptions, reconcile } from './reconcile.command.ts';
import { replay } from './replay.command.ts';
import { type RerunOptions, rerun } from './rerun.command.ts';
import { type RetentionOptions, retention } from './retention.command.ts';
import { rotateKeys } from './rotate-keys.command.ts';
import { type SyncProductsOptions, syncProducts } from './sync-products.command.ts';
import { refuseUnknown, wantsJson } from './usage.ts';

const SYNC_HELP = `
The reading is the worker's: Ctrl-C ends only the watching. A shop that was read once is read by itself from then on
(PRODUCTS_SYNC_CRON, or the times set in the panel; a paused schedule stays paused). Exit 0: read, all or in part; 1: failed,
cancelled, or not watched to its end; 2: called wrongly.

Example:
  npm run peyk -- sync-products --source torob`;

const ERASE_HELP = `
The customer is named by their id in the panel, by their id on the channel, or by the phone number of an order. Exit 0: erased, or
not confirmed; 1: nobody or more than one is meant; 2: called wrongly.

Example:
  npm run peyk -- erase 0199c5a1-7f3e-7c1b-9a53-1f0e6f2b8d44 --dry-run`;

const ROTATE_HELP = `
Put the new key in front of the old ones in ENCRYPTION_KEYS, restart, and run this; then the old ones can be taken out. It may be
stopped and repeated. Exit 0: every secret is under the first key; 1: some could not be opened, and stay as they were.`;

type Run = (work: (context: CommandContext) => Promise<Outcome>) => Promise<void>;

function buildProgram(
  run: Run,
  { write, writeError }: Terminal,
  isJson: boolean,
  tell: (outcome: Outcome) => void,
): Command {
  // What the library would say of wrong arguments is in its error as well, which becomes JSON.
  const output = { writeOut: write, writeErr: isJson ? () => undefined : writeError };
  const program = new Command('peyk')
    .description('Operator commands. They reach the running Peyk of this folder, or DATABASE_URL.')
    .option('--json', 'print the outcome as one JSON object')
    .exitOverride()
    .configureOutput(output);
  program
    .command('bootstrap-admin')
    .description('make a user, or give an existing one a new password')
    .option('--username <name>', 'defaults to ADMIN_USERNAME')
    .option('--email <address>', 'the same as --username')
    .option('--role <role>', `${ROLES.join(', ')}; absent: as it was, and admin for somebody new`)
    .option('--password <password>', 'better not: others may see it in the list of processes')
    .option('--password-stdin', 'read the password from standard input')
    .addHelpText('after', '\nExample:\n  npm run peyk -- bootstrap-admin --email admin@example.com')
    .action((options: BootstrapAdminOptions) => run((context) => bootstrapAdmin(context, options)));
  program
    .command('reconcile')
    .description("compare conversations' rows with their runs, and found those anew that differ")
    .option('--all', 'found every run anew, whatever it knows: after the database was set back')
    .option('--dry-run', 'only tell what differs')
    .action((options: ReconcileCommandOptions) => run((context) => reconcile(context, options)));
  program
    .command('erase <customer>')
    .description('forget a customer for good: who they are and what was said; orders keep their sums')
    .option('--business <slug>', 'only a customer of this business')
    .option('--all', 'all customers that are meant')
    .option('--dry-run', 'only count what would be changed')
    .option('--yes', 'erase without asking')
    .addHelpText('after', ERASE_HELP)
    .action((customer: string, options: EraseOptions) => run((context) => erase(context, customer, options)));
  program
    .command('replay <eventId>')
    .description('hand a stored inbound event to its conversation once more')
    .action((eventId: string) => run((context) => replay(context, eventId)));
  program
    .command('retention')
    .description('remove raw webhooks, app logs, live feed rows and dead logins that are old')
    .option('--delivery-days <days>', 'keep raw webhook bodies so long; else as RETENTION_DELIVERY_DAYS says')
    .option('--app-log-days <days>', 'keep app logs so long; else as RETENTION_APP_LOG_DAYS says')
    .option('--live-event-days <days>', 'keep rows of the live feed so long; else as RETENTION_LIVE_EVENT_DAYS says')
    .option('--dry-run', 'only count')
    .action((options: RetentionOptions) => run((context) => retention(context, options)));
  program
    .command('rerun')
    .description('think recorded turns over with another prompt or model; nothing is sent')
    .option('--prompt <version>', 'a version such as v2 or v2.1; defaults to the one in use')
    .option('--model <name>', 'a model of the configured provider, or builtin; defaults to the configured one')
    .option('--days <days>', 'how far back', '7')
    .option('--limit <turns>', 'the latest ones, at most so many', String(DEFAULT_RERUN_TURNS))
    .option('--dry-run', 'only tell how many turns there are and what they would cost')
    .option('--yes', 'begin without asking')
    .option('--no-wait', 'leave it to the worker')
    .addHelpText('after', '\nExample:\n  npm run peyk -- rerun --prompt v2 --days 7')
    .action((options: RerunOptions) => run((context) => rerun(context, options)));
  program
    .command('rotate-keys')
    .description('seal every stored secret under the first key of ENCRYPTION_KEYS')
    .addHelpText('after', ROTATE_HELP)
    .action(() => run(rotateKeys));
  program
    .command('sync-products')
    .description("read the shop's feeds, sitemaps and pages now")
    .option('--business <slug>', 'the first business unless named')
    .option('--source <kind or address>', 'only this source')
    .option('--force', 'believe a list that lost many products at once')
    .option('--no-wait', 'start it and leave')
    .option('--cancel', 'end the reading that is under way; what it has read stays')
    .addHelpText('after', SYNC_HELP)
    .action((options: SyncProductsOptions) => run((context) => syncProducts(context, options)));
  program
    .command('migrate')
    .description('bring the database up to date')
    .action(() => run(migrate));
  addInstallationCommands(program, run, tell);
  for (const command of program.commands) command.exitOverride().configureOutput(output);
  return program;
}

/** What is said of an error, and the exit code that goes with it. */
function describeError(error: unknown): { code: number; message: string } {
  // Help and the version are "errors" of exit 0 to the library.
  if (error instanceof CommanderError)
    return { code: error.exitCode === 0 ? 0 : 2, message: error.message.replace(/^error: /, '') };
  if (error instanceof UsageError) return { code: 2, message: error.message };
  const ours = error instanceof CommandError || error instanceof ConfigError || error instanceof MigrationError;
  if (ours || error instanceof PeykError) return { code: 1, message: (error as Error).message };
  if (classifyDatabaseFault(error) === 'unavailable')
    return { code: 1, message: 'The database cannot be reached. Is Peyk running?' };
  return { code: 1, message: `It failed: ${error instanceof Error ? error.message : String(error)}` };
}

/** Tells an error: to people on the error stream, to programs as one JSON object where they look for the outcome. */
function reportError(error: unknown, { write, writeError }: Terminal, isJson: boolean): number {
  const { code, message } = describeError(error);
  const data = error instanceof CommandError ? error.data : null;
  if (code === 0) return code;
  if (isJson) write(`${JSON.stringify({ ...data, error: message })}\n`);
  // The library has written its own already.
  else if (!(error instanceof CommanderError)) writeError(`${message}\n`);
  return code;
}

/** Runs one operator command. Resolves to its exit code: 0 done, 1 failed, 2 called wrongly. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let opened: Database | null = null;
  let done = 0;
  const isJson = wantsJson(args);
  const run: Run = async (work) => {
    const dataFolder = terminal.env.PEYK_DATA_DIR ?? '.data';
    // What the operator set wins over what a start worked out.
    const config = loadConfig({ ...readResolvedEnvironment(dataFolder), ...terminal.env });
    const databaseUrl = () => {
      if (config.databaseUrl) return config.databaseUrl;
      throw new CommandError('Peyk is not running in this folder. Start it with npm start, or set DATABASE_URL.');
    };
    const database = () => {
      opened ??= openDatabase(databaseUrl(), 2, LIMITS.bulk);
      return opened;
    };
    tell(await work({ config, terminal, databaseUrl, database }));
  };
  const tell = ({ text, data, exitCode = 0 }: Outcome) => {
    done = exitCode;
    terminal.write(`${isJson ? JSON.stringify(data) : text}\n`);
  };
  try {
    const program = buildProgram(run, terminal, isJson, tell);
    refuseUnknown(program, args);
    await program.parseAsync([...args], { from: 'user' });
    return done;
  } catch (error) {
    return reportError(error, terminal, isJson);
  } finally {
    await (opened as Database | null)?.$disconnect();
  }
}
