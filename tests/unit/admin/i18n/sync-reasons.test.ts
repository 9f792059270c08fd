import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';

const ROOT = join(import.meta.dirname, '../../../..');
const CODE = /(?:code: |fault = |refuse\(|complain\(|\bof\()'([a-z_]+)'/g;

/** The codes that the catalog writes into its runs as plain words. */
function codesInSource(): string[] {
  const folder = join(ROOT, 'src/catalog');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const paths = [...files.map((name) => join(folder, name)), join(ROOT, 'activities/catalog.activities.ts')];
  return paths.flatMap((path) => [...readFileSync(path, 'utf8').matchAll(CODE)].map(([, code]) => code as string));
}

describe('the reasons of a reading of the shop', () => {
  it('have words in the panel', () => {
    const codes = new Set(codesInSource());
    expect(codes.size).toBeGreaterThan(25);
    const known = (en.peyk as unknown as { sync_reason: Record<string, string> }).sync_reason;
    expect([...codes].filter((code) => !Object.hasOwn(known, code))).toEqual([]);
  });
});
