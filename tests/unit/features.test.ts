import { describe, expect, it } from 'vitest';
import { createTurnStages } from '../../src/composition.ts';
import { ACTIONS, type createStages, FEATURES, HEALTH_MESSAGES, RETENTION, type Services } from '../../src/features.ts';
import type { Database } from '../../src/platform/database/client.ts';
import type { AppDeps } from '../../src/platform/http/app.ts';

const db = {} as Database;
const catalog = {
  voice: {
    show: () => nothing,
    showPictures: () => nothing,
    tell: () => nothing,
    findNothing: () => nothing,
    isAnsweredByShop: () => false,
  },
  crossSellCooldownMs: null,
};
const nothing = { contents: [], text: '', promptVersion: '1' };
const namesOf = (stages: ReturnType<typeof createStages>) => stages.map(({ name }) => name);

describe('createStages', () => {
  it('asks for consent first, then an open order form, then orders that exist, then the catalog', () => {
    const stages = createTurnStages({ db, orders: { limitMs: 1000 }, catalog });
    expect(namesOf(stages)).toEqual(['consent', 'order', 'order status', 'catalog']);
  });

  it('leaves out what is switched off, but still takes back what orders wrote before they were', () => {
    const stages = createTurnStages({ db, orders: null, catalog: null });
    expect(namesOf(stages)).toEqual(['consent', 'order', 'order status']);
    expect(stages.find(({ name }) => name === 'order')?.revert).toBeDefined();
  });
});

describe('FEATURES', () => {
  it('have each a name of their own', () => {
    const names = FEATURES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('name no address twice for the same method', () => {
    const addresses = ACTIONS.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('have health texts and retention rules of different names', () => {
    const codes = FEATURES.flatMap((feature) =>
      'health' in feature ? Object.keys(feature.health?.messages ?? {}) : [],
    );
    expect(new Set(codes).size).toBe(codes.length);
    expect(Object.keys(HEALTH_MESSAGES)).toEqual(expect.arrayContaining(codes));
    const kinds = RETENTION.map(({ name }) => name);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

type Parts<Needs> = Pick<AppDeps<Needs>, 'features' | 'services'>;

describe('createApp', () => {
  it('is refused by the compiler when a service is left out that some feature needs', () => {
    const services = {} as Services;
    const { rehearse, ...lacking } = services;
    const whole: Parts<Services> = { features: FEATURES, services };
    // @ts-expect-error The actions of answers play scripts.
    const narrowed: Parts<typeof lacking>['features'] = FEATURES;
    expect([whole.features, narrowed, rehearse]).toHaveLength(3);
  });
});
