import type { Feature } from '../platform/feature.ts';
import { listChannels } from './channels.action.ts';
import { CREDENTIALS } from './credentials.ts';
import { accountsHealth } from './health.ts';
import type { AccountNeeds } from './needs.ts';
import { accounts } from './resource.ts';
import { testAccount } from './test.action.ts';

/** The shop's own accounts on the channels. */
export const accountsFeature: Feature<AccountNeeds> = {
  name: 'accounts',
  resources: [accounts],
  actions: [listChannels, testAccount],
  encryptedColumns: [CREDENTIALS],
  health: accountsHealth,
};
