import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { questionOf, webhookRequest } from '../customers.ts';
import { runLoad } from '../http-load.ts';
import { cpuMsOf } from '../process-usage.ts';
import type { BenchOptions, BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { percentile, round } from '../statistics.ts';
import { newConversations, ourTurns, runClosedLoop, runSteadily } from '../turns.ts';

export async function flood(_: BenchOptions): Promise<BenchResult> {
  return withStack(async (stack) => {
    const api = await stack.startApi();
    const worker = await stack.startWorker();
    const customers = newConversations(256);
    const turns = ourTurns(stack, api.port);
    const pids = {
      temporal: stack.temporal.pid,
      postgres: stack.postgres.pid,
      worker: worker.pid,
      api: api.pid,
      self: process.pid,
    };
    const snap = () => Object.fromEntries(Object.entries(pids).map(([k, p]) => [k, cpuMsOf(p)]));
    const client = new pg.Client({ connectionString: stack.databaseUrl });
    client.on('error', () => {});
    await client.connect();
    try {
      const top = async () => {
        const r = (
          await client.query(
            `SELECT calls, (total_exec_time::int || '+plan' || total_plan_time::int) AS ms, toplevel AS tl, left(regexp_replace(query, '\\s+', ' ', 'g'), 150) AS q FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 40`,
          )
        ).rows;
        await client.query('SELECT pg_stat_statements_reset()');
        return r;
      };
      await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
      await runClosedLoop(turns, { conversations: customers, turns: 1, underWay: 32 });
      const out: Record<string, unknown> = {};
      let round_ = 0;
      for (const underWay of (process.env.UW ?? '32').split(',').map(Number)) {
        await client.query('SELECT pg_stat_statements_reset()');
        const a = snap();
        const t = await runClosedLoop(turns, {
          conversations: customers,
          turns: 4,
          underWay,
          firstTurn: 1 + 4 * round_++,
        });
        const b = snap();
        const n = t.timesMs.length;
        out[`closed${underWay}`] = {
          perSecond: round((n / t.tookMs) * 1000, 1),
          p50: round(
            percentile(
              t.timesMs.sort((x, y) => x - y),
              0.5,
            ),
          ),
          cpu: Object.fromEntries(Object.keys(pids).map((k) => [k, round(((b[k] as number) - (a[k] as number)) / n)])),
        };
      }
      const best = Math.max(...Object.values(out).map((o: any) => o.perSecond));
      process.stderr.write(JSON.stringify(out, null, 1) + '\n');
      process.stderr.write(
        (await top()).map((r: any) => `${r.calls} ${r.ms} ${r.tl ? 'T' : 'n'} ${r.q}`).join('\n') + '\n',
      );
      for (const factor of (process.env.FACTORS ?? '2,4').split(',').map(Number)) {
        let said = 0;
        const before = stack.provider.count();
        const a = snap();
        const t0 = performance.now();
        const load = await runLoad({
          port: api.port,
          connections: 64,
          durationMs: 12000,
          ratePerSecond: factor * best,
          next: () => {
            said += 1;
            return webhookRequest(customers[said % 256] as string, questionOf(said % 39));
          },
        });
        const n = stack.provider.count() - before;
        const took = performance.now() - t0;
        const b = snap();
        out[`flood${factor}`] = {
          replies: round((n / took) * 1000, 1),
          ratio: round(((n / took) * 1000) / best),
          ack: load.latency,
          cpuPerSecond: Object.fromEntries(
            Object.keys(pids).map((k) => [k, round((((b[k] as number) - (a[k] as number)) / took) * 1000)]),
          ),
        };
        process.stderr.write(JSON.stringify(out[`flood${factor}`]) + '\n');
        process.stderr.write(
          (await top()).map((r: any) => `${r.calls} ${r.ms} ${r.tl ? 'T' : 'n'} ${r.q}`).join('\n') + '\n',
        );
        for (let i = 0; i < 200; i++) {
          const r = await client.query(
            `SELECT (SELECT count(*) FROM inbound_deliveries WHERE state='received') + (SELECT count(*) FROM dispatches WHERE due_at IS NOT NULL) + (SELECT count(*) FROM conversations WHERE waiting_since IS NOT NULL AND mode='bot') AS n`,
          );
          if (Number(r.rows[0].n) === 0) break;
          await sleep(200);
        }
      }
      return { name: 'flood', ours: out, limit: {}, ratio: {}, aim: {} } as never;
    } catch (e) {
      process.stderr.write('ERR ' + String(e) + (e as Error).stack + '\n');
      throw e;
    } finally {
      await client.end().catch(() => {});
    }
  });
}
