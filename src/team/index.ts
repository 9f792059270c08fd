import type { Feature } from '../platform/feature.ts';
import { revokeKey, unlockUser } from './access.ts';
import { apiKeys } from './api-keys.resource.ts';
import { appLogs } from './app-logs.resource.ts';
import { auditLogs } from './audit-logs.resource.ts';
import { colleagues } from './colleagues.resource.ts';
import { sessions } from './sessions.resource.ts';
import { users } from './users.resource.ts';

/** The people of the shop, their keys and sessions, and what was done. */
export const teamFeature: Feature = {
  name: 'team',
  resources: [apiKeys, appLogs, auditLogs, colleagues, sessions, users],
  actions: [revokeKey, unlockUser],
};
