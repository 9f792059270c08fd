import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENT_NAMES, loadConfig } from '../../src/config.ts';

/** Read by docker-compose.yml, which makes addresses of them. */
const OF_COMPOSE = ['POSTGRES_PASSWORD', 'POSTGRES_APP_PASSWORD'];

const lines = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8').split('\n');
const settings = lines.map((line) => /^#?([A-Z][A-Z0-9_]+)=(.*)$/.exec(line)).filter((match) => match !== null);

describe('.env.example', () => {
  it('names each variable that is read, once, and no other', () => {
    const names = settings.map(([, name]) => name);
    expect([...names].sort()).toEqual([...ENVIRONMENT_NAMES, ...OF_COMPOSE].sort());
  });

  it('says above each group of variables what they are for', () => {
    for (const [index, line] of lines.entries()) {
      if (!/^#?[A-Z][A-Z0-9_]+=/.test(line)) continue;
      expect(lines[index - 1], line).toMatch(/^#( |[A-Z])/);
    }
  });

  it('shows the defaults as they are', () => {
    const shown = Object.fromEntries(settings.map(([, name, value]) => [name as string, value as string]));
    const examples = [
      'PUBLIC_BASE_URL',
      'METRICS_PORT',
      'DATABASE_URL',
      'DATABASE_ADMIN_URL',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'TEMPORAL_ADDRESS',
      'ADMIN_UI_ORIGINS',
      'FOLLOWUP_MESSAGE',
      'MESSAGING_WINDOW_HOURS',
    ];
    const quiet = ['QUIET_HOURS_START', 'QUIET_HOURS_END'];
    for (const name of [...examples, ...quiet]) delete shown[name];
    expect(loadConfig(shown)).toEqual(loadConfig({}));
  });

  it('is taken as a whole when everything in it is switched on', () => {
    const all = Object.fromEntries(settings.map(([, name, value]) => [name as string, value as string]));
    expect(() => loadConfig(all)).not.toThrow();
  });
});
