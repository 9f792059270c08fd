// npm start: everything a shop needs on one machine, in one go; Ctrl-C ends it all.
import { ConfigError } from '../config.ts';
import { LocalStack } from './local-stack.ts';
import { StartError } from './start-error.ts';

const stack = new LocalStack((line) => console.log(line));
let leaving: Promise<void> | null = null;

/** Ends everything once, whoever asks first, and leaves with the first asker's code. */
function leave(exitCode: number): void {
  leaving ??= stack.close().then(
    () => process.exit(exitCode),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

function fail(error: unknown): void {
  if (leaving) return;
  const expected = error instanceof StartError || error instanceof ConfigError;
  console.error(`\nPeyk cannot run: ${expected ? error.message : error instanceof Error ? error.stack : error}`);
  leave(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leave(0));
process.on('disconnect', () => leave(0));
process.on('uncaughtException', fail);

stack.open(process.env, fail).catch(fail);
