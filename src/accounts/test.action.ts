import { z } from 'zod';
import { UnavailableError } from '../platform/errors.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import type { AccountNeeds } from './needs.ts';
import { noteCheck } from './store.ts';

const defineAction = actionsOf<AccountNeeds>();

export const testAccount = defineAction({
  method: 'post',
  path: '/api/accounts/:id/test',
  summary: "Looks whether the account's credentials would be taken. Nothing is sent to anybody.",
  permission: 'manage-instagram-accounts',
  body: z.strictObject({}),
  status: 200,
  response: z.object({ ok: z.boolean(), note: z.string() }),
  async run({ deps, principal, id }) {
    const account = await findOwned(deps, 'account', principal, id);
    if (!deps.checkAccount) throw new UnavailableError('Accounts cannot be tested here.');
    if (account.status === 'removed') return { ok: false, note: 'The account was removed.' };
    const outcome = await deps.checkAccount(account.channel, account.externalId);
    await noteCheck(deps.db, account.id, outcome);
    return outcome;
  },
});
