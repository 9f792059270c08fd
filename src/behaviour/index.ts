import type { Feature } from '../platform/feature.ts';
import { contactBehaviour } from './actions.ts';

/** What a customer is interested in, counted turn by turn. */
export const behaviourFeature: Feature = {
  name: 'behaviour',
  actions: [contactBehaviour],
};
