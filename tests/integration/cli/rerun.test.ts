import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { openRerunLab, type RerunLab } from '../../support/rerun-lab.ts';

let lab: RerunLab;
let worker: { stop(): Promise<void> };
beforeAll(async () => {
  lab = await openRerunLab();
  worker = await lab.startWorker();
  await lab.record('When do you open?', 'We open at nine.');
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await lab.close();
});

async function peyk(...args: string[]) {
  let [out, err] = ['', ''];
  const { database, temporal, openai } = lab;
  const code = await runCli(args, {
    env: {
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      AI_PROVIDER: 'openai',
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: openai.url,
      OPENAI_MODEL: 'gpt-4.1-mini',
      PEYK_DATA_DIR: '/nonexistent',
    },
    stdin: Readable.from([]),
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

describe('peyk rerun', () => {
  it('shows the cost first, and does nothing without a yes', async () => {
    const dry = await peyk('rerun', '--prompt', 'v1', '--days', '7', '--dry-run');
    expect(dry).toMatchObject({
      code: 0,
      out: expect.stringMatching(/1 recorded turns.*v1.*\$0\.0004.*Nothing is sent/),
    });
    const unconfirmed = await peyk('rerun', '--prompt', 'v1', '--days', '7');
    expect(unconfirmed.code).toBe(2);
    expect(unconfirmed.err).toContain('$0.0004');
    expect(await lab.db.rerun.count()).toBe(0);
    expect(lab.openai.requests).toHaveLength(0);
  });

  it('thinks the turns over, shows how far it is and how it ended', async () => {
    const run = await peyk('--json', 'rerun', '--prompt', 'v1', '--days', '7', '--yes');
    expect(run.code).toBe(0);
    expect(run.err).toContain('] 1/1');
    const data = JSON.parse(run.out) as { rerunId: string };
    expect(data).toMatchObject({ state: 'done', total: 1, done: 1, changed: 1, failed: 0 });
    expect(await lab.db.rerun.findUnique({ where: { id: data.rerunId } })).toMatchObject({ createdBy: 'cli' });
    expect(await lab.db.auditLog.count({ where: { resource: 'reruns', actor: 'cli' } })).toBe(1);
  });

  it('refuses what it cannot use', async () => {
    expect(await peyk('rerun', '--prompt', 'v99', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('v1'),
    });
    expect((await peyk('rerun', '--days', 'week')).code).toBe(2);
    expect((await peyk('rerun', '--limit', '0')).code).toBe(2);
  });
});
