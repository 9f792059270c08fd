/**
 * npm run bench -- [name…] [--quick] [--full]
 *
 * Runs the benchmarks one after another, each on servers of its own, and prints one JSON object for each. Load stays on
 * loopback. `--quick` runs everything shortly (the figures mean nothing then); `--full` goes to 10,000 conversations.
 */
import { parseArgs } from 'node:util';
import { ack } from './benchmarks/ack.ts';
import { actions } from './benchmarks/actions.ts';
import { analytics } from './benchmarks/analytics.ts';
import { answers } from './benchmarks/answers.ts';
import { cpu } from './benchmarks/cpu.ts';
import { growth } from './benchmarks/growth.ts';
import { isolation } from './benchmarks/isolation.ts';
import { latency } from './benchmarks/latency.ts';
import { lists } from './benchmarks/lists.ts';
import { memory } from './benchmarks/memory.ts';
import { overload } from './benchmarks/overload.ts';
import { replies } from './benchmarks/replies.ts';
import { search } from './benchmarks/search.ts';
import { describeMachine } from './machine.ts';
import type { Benchmark } from './result.ts';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ack,
  replies,
  latency,
  actions,
  cpu,
  growth,
  isolation,
  lists,
  memory,
  overload,
  search,
  analytics,
  answers,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, full: { type: 'boolean', default: false } },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0) {
    process.stderr.write(`No benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}.\n`);
    process.exit(2);
  }
  const chosen = Object.entries(BENCHMARKS).filter(([name]) => positionals.length === 0 || positionals.includes(name));
  const failed: string[] = [];
  for (const [name, benchmark] of chosen) {
    const machine = describeMachine();
    try {
      const result = await benchmark(values);
      process.stdout.write(`${JSON.stringify({ ...result, machine, quick: values.quick })}\n`);
    } catch (error) {
      failed.push(name);
      process.stderr.write(`${name} failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  }
  process.exit(failed.length === 0 ? 0 : 1);
}

// Children and servers are stopped by whoever is told to end, not left behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await main();
