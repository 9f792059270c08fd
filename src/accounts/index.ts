import type { Feature } from '../platform/feature.ts';
import { listChannels } from './channels.action.ts';
import { CREDENTIALS } from './credentials.ts';
import { accountsHealth } from './health.ts';
import { instagramAccounts } from './instagram-accounts.resource.ts';
import { instagramProfile } from './instagram-profile.action.ts';
import { generateChats, simulateMessage } from './mock-chats.actions.ts';
import type { AccountNeeds } from './needs.ts';
import { accounts } from './resource.ts';
import { testAccount } from './test.action.ts';

/** The shop's own accounts on the channels. */
export const accountsFeature: Feature<AccountNeeds> = {
  name: 'accounts',
  resources: [accounts, instagramAccounts],
  actions: [listChannels, testAccount, instagramProfile, generateChats, simulateMessage],
  encryptedColumns: [CREDENTIALS],
  health: accountsHealth,
};
