import type { Feature } from '../platform/feature.ts';
import type { TurnFeature } from '../replies/stage.ts';
import { contactBehaviour } from './actions.ts';
import { learnFromTurn } from './store.ts';

/** What a customer is interested in, counted turn by turn. */
export const behaviourFeature: Feature & TurnFeature<unknown> = {
  name: 'behaviour',
  actions: [contactBehaviour],
  learnFromTurn,
};
