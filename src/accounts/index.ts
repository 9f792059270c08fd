import type { Feature } from '../platform/feature.ts';
import { accountsHealth } from './health.ts';
import { accounts } from './resource.ts';

/** The shop's own accounts on the channels. */
export const accountsFeature: Feature = {
  name: 'accounts',
  resources: [accounts],
  health: accountsHealth,
};
