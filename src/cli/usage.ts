import type { Command } from 'commander';
import { UsageError } from './command.ts';

const HELP = new Set(['-h', '--help']);

/** Whether the outcome is wanted as JSON; asked before the arguments are read, because that may fail. */
export function wantsJson(args: readonly string[]): boolean {
  return argsOf(args).includes('--json');
}

/**
 * The library answers `--help` before it looks at the rest, so a script that misspells a command would be told that all is
 * well. Throws UsageError for a command or an option that does not exist.
 */
export function refuseUnknown(program: Command, args: readonly string[]): void {
  const given = argsOf(args);
  if (!given.some((arg) => HELP.has(arg)) && given[0] !== 'help') return;
  const words = given.filter((arg) => !arg.startsWith('-') && arg !== 'help');
  const command = program.commands.find((one) => one.name() === words[0]);
  if (words[0] !== undefined && !command) throw new UsageError(`There is no command ${words[0]}.`);
  const known = new Set([...program.options, ...(command?.options ?? [])].flatMap(({ long, short }) => [long, short]));
  for (const arg of given) {
    const name = arg.split('=')[0] as string;
    if (arg.startsWith('-') && !HELP.has(arg) && !known.has(name)) throw new UsageError(`There is no option ${name}.`);
  }
}

/** What stands behind `--` is no option. */
function argsOf(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}
