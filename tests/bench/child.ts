import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { stopProcess, waitForExit } from '../../src/start/processes.ts';

export interface Child {
  pid: number;
  process: ChildProcess;
  stop(): Promise<void>;
}

export interface ChildOptions {
  /** Path of a TypeScript file, from the root of the project. */
  entry: string;
  args?: string[];
  env?: Record<string, string>;
  nodeFlags?: string[];
  logFile: string;
}

/**
 * Starts a part of the system as a process of its own, as in production; its words go to `logFile`. Nothing of our own
 * environment reaches it but what finds programs. Ends with us, should we be killed.
 */
export function startChild({ entry, args = [], env = {}, nodeFlags = [], logFile }: ChildOptions): Child {
  const log = openSync(logFile, 'a');
  const child = fork(entry, args, {
    cwd: new URL('../..', import.meta.url).pathname,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'test', ...env },
    execArgv: nodeFlags,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${entry} could not be started.`);
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  return {
    pid,
    process: child,
    stop: async () => {
      const exited = waitForExit(child);
      await stopProcess(pid, 'SIGTERM', 15_000);
      process.off('exit', killed);
      await exited;
    },
  };
}

/** Resolves with the child's first message, which says that it is ready. Rejects with its log when it ends before. */
export async function firstMessage<Message>(child: Child, logFile: string): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.process.once('message', (message) => resolve(message as Message));
    child.process.once('exit', () => reject(new Error(`A part ended before it was ready:\n${tail(logFile)}`)));
  });
}

export function tail(logFile: string): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
