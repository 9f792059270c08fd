import cliProgress from 'cli-progress';
import type { Terminal } from './command.ts';

export interface Progress {
  show(done: number, total: number, what: string): void;
  /** Also gives the cursor back. */
  end(): void;
}

/** A bar for people at a terminal; nothing where nobody watches. `unit` is what is counted. */
export function openProgress({ stdin }: Terminal, unit: string): Progress {
  if (!process.stderr.isTTY || !stdin.isTTY) return { show: () => undefined, end: () => undefined };
  const format = `{bar} {percentage}% {value}/{total} ${unit} {what}`;
  const bar = new cliProgress.SingleBar(
    { format, stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(1, 0, { what: '' });
  return {
    show(done, total, what) {
      // Nothing out of nothing would be a full bar.
      bar.setTotal(Math.max(total, 1));
      bar.update(done, { what });
    },
    end: () => bar.stop(),
  };
}
