// node src/cli/peyk.ts <command>: what `npm run peyk -- <command>` runs.
import { runCli } from './run-cli.ts';

/** The starter in front of us passes on the signal that the terminal sends us as well: the two are one Ctrl-C. */
const SAME_SIGNAL_MS = 1000;

function onInterrupt(listener: () => void): void {
  let atMs = 0;
  process.on('SIGINT', () => {
    if (atMs > 0 && Date.now() - atMs > SAME_SIGNAL_MS) process.exit(1);
    if (atMs === 0) listener();
    atMs ||= Date.now();
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdin: process.stdin,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  onInterrupt,
});
