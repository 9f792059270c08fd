import { describe, expect, it } from 'vitest';
import { en } from '../../../../../admin/src/i18n/en.ts';
import { fa } from '../../../../../admin/src/i18n/fa.ts';
import { ACTIONS, RESOURCES } from '../../../../../src/features.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '../../../../../src/platform/audit/audit-store.ts';

const LANGUAGES: [string, Record<string, unknown>][] = [
  ['en', en],
  ['fa', fa],
];

/** Named by the action itself: a run's source stands in another table. */
const NAMED_BY_ACTION = new Set(['sync-runs']);

describe('the audit log', () => {
  it('has words for whatever can be changed', () => {
    const acted = ACTIONS.filter(({ method }) => method === 'post').map(({ path }) => path.split('/')[2]);
    const changed = RESOURCES.filter(
      ({ name, create, update, guardDelete }) => create || update || guardDelete || acted.includes(name),
    );
    expect(changed.length).toBeGreaterThan(20);
    const nameless = changed.filter(({ name, subject }) => !subject && !NAMED_BY_ACTION.has(name));
    expect(nameless.map(({ name }) => name)).toEqual([]);
  });

  it.each(LANGUAGES)('has names for every resource, action and outcome in %s', (_, messages) => {
    const at = (path: string) =>
      path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], messages);
    const keys = [
      ...RESOURCES.map(({ name }) => `resources.${name}.name`),
      ...AUDIT_ACTIONS.map((action) => `peyk.audit_action.${action}`),
      ...AUDIT_OUTCOMES.map((outcome) => `peyk.audit_outcome.${outcome}`),
    ];
    expect(keys.filter((key) => typeof at(key) !== 'string')).toEqual([]);
    expect(at('resources.no-such-thing.name')).toBeUndefined();
  });
});
