import { describe, expect, it } from 'vitest';
import { HealthFault, type HealthSource, readHealth } from '../../../../src/platform/health/health.ts';
import type { HealthPart } from '../../../../src/platform/health/health-part.ts';

const part = (name: string, state: HealthPart['state']): HealthPart => ({
  name,
  state,
  note: '',
  code: `${name}_${state}`,
  params: {},
  message: '',
  action: '',
});
const source = (name: string, read: HealthSource['read'], more: Partial<HealthSource> = {}): HealthSource => ({
  name,
  needsDatabase: false,
  read,
  ...more,
});
const well = async () => ({ db: true, migrations: true });
const checks = { database: well, required: {}, helpful: {} };

describe('readHealth', () => {
  it('is green while all are well, and yellow as soon as one source is not', async () => {
    const ok = source('disk', async () => [part('disk', 'ok')]);
    expect(await readHealth({ ...checks, sources: [ok] })).toMatchObject({ status: 'green' });
    const low = source('disk', async () => [part('disk', 'warning')]);
    expect(await readHealth({ ...checks, sources: [ok, low] })).toMatchObject({ status: 'yellow' });
  });

  it('says of a source that fails or hangs that it cannot be looked at, and hears the others all the same', async () => {
    const { status, shared } = await readHealth({
      ...checks,
      sources: [
        source('broken', () => Promise.reject(new Error('no'))),
        source('silent', () => new Promise(() => undefined)),
        source('disk', async () => [part('disk', 'ok')]),
      ],
    });
    expect(status).toBe('yellow');
    expect(shared.map(({ name, code }) => [name, code])).toEqual([
      ['broken', 'part_unknown'],
      ['silent', 'part_unknown'],
      ['disk', 'disk_ok'],
    ]);
  });

  it('asks nobody who needs the database while that is away, and blames it alone', async () => {
    const { status, parts, codes, shared } = await readHealth({
      ...checks,
      database: async () => ({ db: 'db_connections' as const }),
      sources: [
        source('inbox', () => Promise.reject(new Error('no')), { needsDatabase: true }),
        source('disk', async () => [part('disk', 'failing')]),
      ],
    });
    expect([status, parts, codes]).toEqual(['red', { db: 'down' }, { db: 'db_connections' }]);
    expect(shared.map(({ name }) => name)).toEqual(['disk']);
  });

  it('tells people alone what is mere advice', async () => {
    const advice = source('role', async () => [part('role', 'warning')], { isAdvice: true });
    const health = await readHealth({ ...checks, sources: [advice] });
    expect(health).toMatchObject({ status: 'green', shared: [], advice: [{ name: 'role' }] });
  });

  it('knows why a part does not work where the part says so, and else only that it does not', async () => {
    const required = { storing: () => Promise.reject(new HealthFault('storing_full')) };
    const helpful = { worker: () => Promise.reject(new Error('nobody')), temporal: async () => undefined };
    const { status, codes } = await readHealth({ ...checks, required, helpful });
    expect(status).toBe('red');
    expect(codes).toMatchObject({ storing: 'storing_full', worker: 'worker_down', temporal: 'temporal_ok' });
  });
});
