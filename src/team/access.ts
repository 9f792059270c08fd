import { z } from 'zod';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { revokeApiKey } from '../platform/auth/auth-store.ts';
import { NotFoundError } from '../platform/errors.ts';
import { defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { findRow } from '../platform/http/resources/resource-store.ts';
import { apiKeyRecord, apiKeys } from './api-keys.resource.ts';
import { userRecord, users } from './users.resource.ts';

const empty = z.strictObject({});

export const revokeKey = defineAction({
  method: 'post',
  path: '/api/api-keys/:id/revoke',
  summary: 'The key stops working at once; its record stays. Revoking it again changes nothing.',
  permission: 'manage-api-keys',
  body: empty,
  status: 200,
  response: apiKeyRecord,
  run({ deps, principal, id }) {
    const { businessId } = principal;
    return deps.db.$transaction(async (tx) => {
      const row = await findOwned({ db: tx }, apiKeys, principal, id);
      const before = apiKeys.present(row, deps.presentContext);
      if (!(await revokeApiKey(tx, id, new Date(deps.clock())))) return before;
      const changed = await findRow(tx, apiKeys, { businessId }, id);
      if (!changed) throw new NotFoundError('There is nothing of that name here.');
      const after = apiKeys.present(changed, deps.presentContext);
      await appendAudit(tx, { ...entryOf(apiKeys, row, principal, 'revoke'), before, after });
      return after;
    });
  },
});

export const unlockUser = defineAction({
  method: 'post',
  path: '/api/users/:id/unlock',
  summary: 'Lets somebody log in again who mistyped the password too often.',
  permission: 'manage-users',
  body: empty,
  status: 200,
  response: userRecord,
  async run({ deps, principal, id }) {
    const row = await findOwned(deps, users, principal, id);
    const unlock = () => deps.unlockLogin(row.username);
    await withAudit(deps.db, entryOf(users, row, principal, 'unlock'), unlock, () => undefined);
    return users.present(row, deps.presentContext);
  },
});
