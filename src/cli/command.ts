import type { Config } from '../config.ts';
import type { Database } from '../platform/database/client.ts';

/** Where a command reads and writes; tests give their own. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  write(text: string): void;
  writeError(text: string): void;
  /** Has `listener` called at Ctrl-C, which then does not end the process by itself. */
  onInterrupt?(listener: () => void): void;
}

/** What a command may need. The database is opened when it is asked for, and closed after the command. */
export interface CommandContext {
  config: Config;
  terminal: Terminal;
  databaseUrl(): string;
  database(): Database;
}

/** What a command did: a sentence for people, and the same as data for `--json`. */
export interface Outcome {
  text: string;
  data: Record<string, unknown>;
  /** 1 when what it found is a failure, though it did what it should; 0 unless given. */
  exitCode?: 0 | 1;
}

/** The command was called wrongly: exit 2, where a failure is exit 1. */
export class UsageError extends Error {}

/** The command could not do it; its text says what the operator can do. `data` is what `--json` shows all the same. */
export class CommandError extends Error {
  readonly data: Record<string, unknown> | null;
  constructor(message: string, data: Record<string, unknown> | null = null) {
    super(message);
    this.data = data;
  }
}
