import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placesEn } from '../../../../admin/src/i18n/places.en.ts';
import { findPlace, ownPlaces } from '../../../../admin/src/places/find-place.ts';
import { PLACES, WAITING } from '../../../../admin/src/places/places.ts';
import { WAITING_KINDS } from '../../../../src/analytics/waiting-store.ts';
import { permissionsOf } from '../../../../src/platform/auth/permissions.ts';

const APP = readFileSync(join(import.meta.dirname, '../../../../admin/src/App.tsx'), 'utf8');
const menuOf = (role: string) =>
  ownPlaces(permissionsOf(role))
    .filter(({ within }) => !within)
    .map(({ name }) => name);
const addressesOf = (role: string) =>
  ownPlaces(permissionsOf(role)).flatMap(({ sections }) => sections.map(({ to }) => to));

describe('the places', () => {
  it('are seven entries of the menu', () => {
    const seven = ['inbox', 'orders', 'customers', 'products', 'bot', 'reports', 'settings'];
    expect(menuOf('admin')).toEqual(seven);
    expect(PLACES.filter(({ within }) => !within).map(({ name }) => name)).toEqual(seven);
  });

  it('have room for every screen that the panel has', () => {
    const resources = [...APP.matchAll(/<Resource name="([\w-]+)"/g)].map(([, name]) => `/${name}`);
    const pages = [...APP.matchAll(/^ {2}'(\/[\w-]+)': lazy/gm)].map(([, path]) => path as string);
    expect(resources.length).toBeGreaterThan(20);
    expect(pages.length).toBeGreaterThan(5);
    expect([...resources, ...pages, '/'].filter((path) => findPlace(path) === null)).toEqual([]);
  });

  it('know where a record belongs, and not what nobody has placed', () => {
    expect(findPlace('/faqs/0190/show')?.section.name).toBe('faqs');
    expect(findPlace('/rehearsal')?.section.name).toBe('simulator');
    expect(findPlace('/faqs-of-others')).toBeNull();
    expect(findPlace('/nowhere')).toBeNull();
  });

  it('show a role only what it may use, and nobody anything without a permission', () => {
    const operator = addressesOf('operator');
    expect(operator).toEqual(expect.arrayContaining(['/conversations', '/simulator', '/canned-replies', '/health']));
    for (const hidden of ['/settings', '/users', '/api-keys', '/audit-logs', '/prompts']) {
      expect(operator).not.toContain(hidden);
      expect(addressesOf('admin')).toContain(hidden);
    }
    expect(addressesOf('viewer')).not.toContain('/simulator');
    expect(ownPlaces([])).toEqual([]);
  });

  it('tell of everything that the server counts, each at a place and in words', () => {
    expect(WAITING.map(({ kind }) => kind).sort()).toEqual([...WAITING_KINDS].sort());
    const names = PLACES.map(({ name }) => name);
    expect(WAITING.filter(({ place, kind }) => !names.includes(place) || !(kind in placesEn.next))).toEqual([]);
  });

  it('have a name for every section, and words for every card', () => {
    const { place, section, section_hint: hint } = placesEn;
    const unnamed = PLACES.flatMap(({ sections }) => sections).filter(({ name }) => !(name in section));
    expect([unnamed, PLACES.filter(({ name }) => !(name in place))]).toEqual([[], []]);
    const cards = ['bot', 'settings'].flatMap((name) => [
      ...(PLACES.find((one) => one.name === name)?.sections.slice(1) ?? []),
      ...PLACES.filter(({ within }) => within === name),
    ]);
    expect(cards.filter(({ name }) => !(name in hint))).toEqual([]);
  });
});
