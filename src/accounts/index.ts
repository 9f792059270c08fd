import type { Feature } from '../platform/feature.ts';
import { listChannels } from './channels.action.ts';
import { accounts } from './resource.ts';

/** The shop's own accounts on the channels. */
export const accountsFeature: Feature = {
  name: 'accounts',
  resources: [accounts],
  actions: [listChannels],
};
