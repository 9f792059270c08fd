import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoundaryReport, checkBoundaries } from '../../src/start/boundaries.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('checkBoundaries on this tree', () => {
  it('looks at every folder of ours and finds no forbidden import', async () => {
    const report = await checkBoundaries();
    expect(report.violations).toEqual([]);
    expect(report.modules).toBeGreaterThan(20);
  }, 240_000);
});

/**
 * A check that passes may be checking nothing (with a compiler that it does not understand, it looks at no module).
 * So each rule is shown an import that it must refuse, in a small tree of the same shape.
 */
describe('checkBoundaries on forbidden imports', () => {
  const FILES: Record<string, string> = {
    'src/domain/thing.ts': 'export const thing = 1;\nexport type Thing = number;\n',
    'src/domain/thing.schema.ts': "import { z } from 'zod';\nexport const schema = z.string();\n",
    'src/channels/connector.ts': 'export type Connector = string;\nexport const connector = 1;\n',
    'src/channels/one/index.ts': "import { thing } from '../../domain/thing.ts';\nexport const one = thing;\n",
    'src/platform/database/client.ts': 'export type Store = string;\nexport const store = 1;\n',
    'src/config.ts': 'export type Config = string;\nexport const config = 1;\n',
    'src/platform/http/app.ts': "import { store } from '../db/client.ts';\nexport const app = store;\n",
    'src/platform/temporal/client.ts':
      "import { signal } from '../../workflows/one.messages.ts';\nimport type { flow } from '../../workflows/one.workflow.ts';\nexport const client = [signal] as (typeof flow)[];\n",
    'src/inbox/accept.ts': 'export const accept = 1;\n',
    'src/api.ts':
      "import { app } from './http/app.ts';\nimport { config } from './config.ts';\nexport const api = [app, config];\n",
    'workflows/one.messages.ts': 'export const signal = 1;\n',
    'workflows/one.workflow.ts':
      "import { condition } from '@temporalio/workflow';\nimport type { act } from '../activities/one.activities.ts';\nimport { thing } from '../src/domain/thing.ts';\nexport const flow = [condition, thing] as unknown as typeof act;\n",
    'activities/one.activities.ts':
      "import type { Store } from '../src/platform/database/client.ts';\nexport const act = (store: Store) => store;\n",
  };

  const FORBIDDEN: [rule: string, file: string, source: string][] = [
    ['no-cycles', 'src/db/bad.ts', "export * from './cycle.ts';"],
    ['domain', 'src/domain/bad.ts', "export { store } from '../db/client.ts';"],
    ['domain-types', 'src/domain/bad.ts', "export type { Store } from '../db/client.ts';"],
    [
      'domain-is-pure',
      'src/domain/bad.ts',
      "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;",
    ],
    ['domain-is-pure', 'src/domain/bad.ts', "import { z } from 'zod';\nexport const bad = z;"],
    ['schemas-stay-out-of-workflows', 'workflows/bad.ts', "export { schema } from '../src/domain/thing.schema.ts';"],
    ['channels', 'src/channels/one/bad.ts', "export { store } from '../../db/client.ts';"],
    ['db', 'src/db/bad.ts', "export { one } from '../channels/one/index.ts';"],
    ['ai', 'src/ai/bad.ts', "export { store } from '../db/client.ts';"],
    ['catalog', 'src/catalog/bad.ts', "export { store } from '../db/client.ts';"],
    ['workflow-sandbox', 'workflows/bad.ts', "import { z } from 'zod';\nexport const bad = z;"],
    ['workflow-sandbox', 'workflows/bad.ts', "import { hostname } from 'node:os';\nexport const bad = hostname;"],
    ['workflows', 'workflows/bad.ts', "export { act } from '../activities/one.activities.ts';"],
    ['activities', 'activities/bad.ts', "export { store } from '../src/platform/database/client.ts';"],
    ['activities-types', 'activities/bad.ts', "export type { app } from '../src/platform/http/app.ts';"],
    ['temporal', 'src/temporal/bad.ts', "export { flow } from '../../workflows/one.workflow.ts';"],
    ['inbox', 'src/inbox/bad.ts', "export { app } from '../http/app.ts';"],
    ['http', 'src/http/bad.ts', "export { act } from '../../activities/one.activities.ts';"],
    ['admin', 'admin/src/bad.ts', "export { app } from '../../src/platform/http/app.ts';"],
    ['config-is-passed-down', 'src/http/bad.ts', "export { config } from '../config.ts';"],
    ['roots-are-not-imported', 'src/http/bad.ts', "export { api } from '../api.ts';"],
    ['library-express', 'src/inbox/bad.ts', "import express from 'express';\nexport const bad = express;"],
    ['library-temporal', 'src/http/bad.ts', "import { Client } from '@temporalio/client';\nexport const bad = Client;"],
    ['no-unresolvable', 'src/db/bad.ts', "export { nothing } from './nothing.ts';"],
  ];

  let tree: string;
  let clean: BoundaryReport;
  let violations: string[];

  /** Each forbidden import gets a file of its own, so that one look at the tree judges them all. */
  const badFile = (file: string, index: number) => file.replace('bad.ts', `bad-${index}.ts`);

  beforeAll(async () => {
    tree = mkdtempSync(join(tmpdir(), 'peyk-tree-'));
    for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) {
      cpSync(join(ROOT, file), join(tree, file));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
    for (const [file, source] of Object.entries(FILES)) write(file, source);
    clean = await checkBoundaries(tree);
    write('src/db/cycle.ts', "export * from './bad-0.ts';");
    FORBIDDEN.forEach(([, file, source], index) => {
      write(badFile(file, index), source);
    });
    ({ violations } = await checkBoundaries(tree));
  });

  afterAll(() => rmSync(tree, { recursive: true }));

  function write(file: string, source: string): void {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), source);
  }

  it('accepts the small tree as it stands', () => {
    expect(clean).toEqual({ modules: Object.keys(FILES).length, violations: [] });
  });

  it.each(FORBIDDEN.map((entry, index) => [...entry, index] as const))(
    'refuses by rule %s an import in %s: %s',
    (rule, file, _source, index) => {
      expect(violations.filter((line) => line.includes(`${badFile(file, index)} →`)).map(ruleOf)).toContain(rule);
    },
  );
});

function ruleOf(violation: string): string {
  return violation.split(':')[0] ?? '';
}
