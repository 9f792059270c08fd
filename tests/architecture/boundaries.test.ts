import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config, { FEATURES, FOLDERS, KNOWN } from '../../.dependency-cruiser.mjs';
import { type BoundaryReport, checkBoundaries } from '../../src/start/boundaries.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('checkBoundaries on this tree', () => {
  let report: BoundaryReport;
  beforeAll(async () => {
    report = await checkBoundaries();
  }, 400_000);

  it('looks at every folder of ours and finds no forbidden import', () => {
    expect(report.violations).toEqual([]);
    expect(report.modules).toBeGreaterThan(500);
  });

  it('knows no exception that is not needed', () => {
    expect(report.needless).toEqual([]);
  });

  it('has a row for every folder of the source', () => {
    const folders = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual([...FOLDERS].sort());
  });

  it('has a reason for every exception', () => {
    for (const { from, reason } of KNOWN) expect(reason, from).toMatch(/^[A-Z].{10,}\.$/);
  });
});

/** A file at its place, and what it imports: a file of ours or a library, by `type …` only its types. */
type Import = [file: string, target: string];

interface Proof {
  rule: string;
  forbidden: Import;
  allowed: Import;
}

/** A small tree of the same shape. */
const FILES: Record<string, string> = {
  'src/text/words.ts': '',
  'src/platform/queues.ts': '',
  'src/platform/database/client.ts': '',
  'src/platform/database/generated/client.ts': '',
  'src/channels/channel.ts': '',
  'src/channels/one/index.ts': '',
  'src/conversations/core/state.ts': '',
  'src/conversations/gateway.ts': "export * from '../../workflows/one.messages.ts';\n",
  'src/conversations/store.ts': '',
  'src/contacts/contact-fields.ts': '',
  'src/tickets/rules.ts': '',
  'src/tickets/store.ts': '',
  'src/tickets/resource.ts': '',
  'src/config.ts': '',
  'src/features.ts': "export * from './tickets/resource.ts';\n",
  'src/api.ts': "export * from './config.ts';\nexport * from './features.ts';\n",
  'workflows/one.messages.ts': '',
  'workflows/one.workflow.ts': '',
  'activities/one.activities.ts': "export * from '../src/tickets/store.ts';\n",
};

const MADE: Proof[] = [
  row('text', 'src/text', 'src/platform/queues.ts', 'src/text/words.ts'),
  row('core', 'src/conversations/core', 'src/conversations/store.ts', 'src/tickets/rules.ts'),
  {
    rule: 'rules',
    forbidden: ['src/orders/bad/rules.ts', 'src/conversations/gateway.ts'],
    allowed: ['src/orders/good/rules.ts', 'src/tickets/rules.ts'],
  },
  {
    rule: 'rules-types',
    forbidden: ['src/orders/bad-types/rules.ts', 'type src/conversations/gateway.ts'],
    allowed: ['src/orders/good-types/rules.ts', 'type src/conversations/core/state.ts'],
  },
  row('platform', 'src/platform', 'src/tickets/store.ts', 'src/text/words.ts'),
  row('channels', 'src/channels/one', 'src/conversations/gateway.ts', 'src/platform/queues.ts'),
  row('base', 'src/inbox', 'src/tickets/store.ts', 'src/conversations/store.ts'),
  row('base', 'src/replies', 'src/tickets/resource.ts', 'src/tickets/rules.ts'),
  ...FEATURES.filter((name) => name !== 'tickets').flatMap((name) => [
    row(name, `src/${name}`, 'src/tickets/store.ts', 'src/tickets/rules.ts'),
    row(name, `src/${name}`, 'src/conversations/store.ts', 'src/conversations/gateway.ts'),
    types(name, `src/${name}`, 'src/channels/one/index.ts', 'src/channels/channel.ts'),
  ]),
  row('tickets', 'src/tickets', 'src/conversations/store.ts', 'src/contacts/contact-fields.ts'),
  types('tickets', 'src/tickets', 'src/conversations/store.ts', 'src/conversations/gateway.ts'),
  {
    rule: 'gateways-talk-to-workflows',
    forbidden: ['src/orders/asks-directly.ts', 'workflows/one.messages.ts'],
    allowed: ['src/orders/order-gateway.ts', 'workflows/one.messages.ts'],
  },
  row('workflows', 'workflows', 'activities/one.activities.ts', 'src/conversations/core/state.ts'),
  types('workflows', 'workflows', 'src/conversations/gateway.ts', 'activities/one.activities.ts'),
  row('activities', 'activities', 'src/channels/one/index.ts', 'src/tickets/store.ts'),
  types('activities', 'activities', 'src/features.ts', 'workflows/one.workflow.ts'),
  row('activities-serve-no-http', 'activities', 'src/tickets/resource.ts', 'src/tickets/store.ts'),
  row('admin', 'admin/src', 'src/text/words.ts', 'type src/tickets/resource.ts'),
  types('admin', 'admin/src', 'src/tickets/store.ts', 'src/tickets/resource.ts'),
  row('config-is-passed-down', 'src/platform', 'src/config.ts', 'src/text/words.ts'),
  row('roots-are-not-imported', 'src/cli', 'src/api.ts', 'src/features.ts'),
  row('workflow-sandbox', 'workflows', 'zod', '@temporalio/workflow'),
  row('workflow-sandbox', 'workflows', 'node:os', 'type zod'),
  row('pure-code', 'src/conversations/core', 'zod', 'luxon'),
  row('pure-code', 'src/text', 'node:fs', 'libphonenumber-js'),
  row('library-prisma', 'src/orders', 'src/platform/database/generated/client.ts', 'src/platform/database/client.ts'),
  row('library-express', 'src/orders', 'express', 'type express'),
  row('library-temporal', 'src/orders', '@temporalio/client', 'type @temporalio/client'),
  row('library-openai', 'src/orders', 'openai', 'type openai'),
  row('library-opentelemetry', 'src/orders', '@opentelemetry/api', 'type @opentelemetry/api'),
  row('library-undici', 'src/orders', 'undici', 'type undici'),
  row('no-cycles', 'src/orders', 'src/orders/cycle.ts', 'src/text/words.ts'),
  row('no-unresolvable', 'src/orders', 'src/orders/nothing.ts', 'src/text/words.ts'),
];

/** Each import gets a file of its own, so that one look at the tree judges them all. */
const PROOFS = MADE.map(alone);

/** `forbidden` must fail in `folder` by the rule, `allowed` must pass there. */
function row(rule: string, folder: string, forbidden: string, allowed: string): Proof {
  return { rule, forbidden: [`${folder}/bad.ts`, forbidden], allowed: [`${folder}/good.ts`, allowed] };
}

/** The same for imports of types. */
function types(rule: string, folder: string, forbidden: string, allowed: string): Proof {
  return row(`${rule}-types`, folder, `type ${forbidden}`, `type ${allowed}`);
}

function alone({ rule, forbidden, allowed }: Proof, index: number): Proof {
  const rename = ([file, target]: Import): Import => [file.replace(/(bad|good)\.ts$/, `$1-${index}.ts`), target];
  return { rule, forbidden: rename(forbidden), allowed: rename(allowed) };
}

function sourceOf([file, target]: Import): string {
  const name = target.replace(/^type /, '');
  const isOurs = /^(src|workflows|activities)\//.test(name);
  const path = relative(dirname(file), name);
  const from = isOurs ? (path.startsWith('.') ? path : `./${path}`) : name;
  return target.startsWith('type ')
    ? `import type * as thing from '${from}';\nexport type Used = typeof thing;\n`
    : `import * as thing from '${from}';\nexport const used = thing;\n`;
}

/**
 * A check that passes may be checking nothing (with a compiler that it does not understand, it looks at no module). So each
 * rule is shown an import that it must refuse and one that it must let pass.
 */
describe('checkBoundaries on imports made for it', () => {
  let tree: string;
  let clean: BoundaryReport;
  let violations: string[];

  beforeAll(async () => {
    tree = mkdtempSync(join(tmpdir(), 'peyk-tree-'));
    for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(ROOT, file), join(tree, file));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    for (const [file, source] of Object.entries(FILES)) write(file, `${source}export const own = 1;\n`);
    for (const { allowed } of PROOFS) write(allowed[0], sourceOf(allowed));
    clean = await checkBoundaries(tree);
    for (const { forbidden } of PROOFS) write(forbidden[0], sourceOf(forbidden));
    const [cycle] = PROOFS.filter(({ rule }) => rule === 'no-cycles');
    write('src/orders/cycle.ts', sourceOf(['src/orders/cycle.ts', cycle?.forbidden[0] ?? '']));
    ({ violations } = await checkBoundaries(tree));
  }, 400_000);

  afterAll(() => rmSync(tree, { recursive: true }));

  function write(file: string, source: string): void {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), source);
  }

  it('accepts whatever is allowed', () => {
    expect(clean.violations).toEqual([]);
    // The generated client is not looked into.
    expect(clean.modules).toBe(Object.keys(FILES).length - 1 + PROOFS.length);
  });

  it.each(PROOFS.map(({ rule, forbidden: [file, target] }) => [rule, file, target] as const))(
    'refuses by rule %s that %s imports %s',
    (rule, file) => {
      const found = violations.filter((line) => line.includes(`: ${file} →`)).map((line) => line.split(':')[0]);
      expect(found).toContain(rule);
    },
  );

  it('is shown every rule', () => {
    const proven = new Set(PROOFS.map(({ rule }) => rule));
    const names = config.forbidden.map(({ name }) => name);
    // Folders that may import nothing but values of pure code have the same list for types.
    const same = new Set(['text-types', 'core-types', 'platform-types', 'channels-types', 'base-types']);
    expect(names.filter((name) => !proven.has(name) && !same.has(name))).toEqual([]);
  });
});
