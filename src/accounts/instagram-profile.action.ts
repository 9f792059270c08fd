import { z } from 'zod';
import { NotFoundError, UnavailableError } from '../platform/errors.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import type { AccountNeeds } from './needs.ts';

const defineAction = actionsOf<AccountNeeds>();

export const instagramProfile = defineAction({
  method: 'get',
  path: '/api/instagram-accounts/:id/profile',
  summary: 'Who an account on Instagram or Messenger is, as Meta says now.',
  permission: 'view-conversations',
  status: 200,
  response: z.object({
    account_id: z.string(),
    username: z.string(),
    name: z.string(),
    profile_picture_url: z.string().nullable(),
    followers_count: z.int().nullable(),
  }),
  async run({ deps, principal, id }) {
    const account = await findOwned(deps, 'account', principal, id);
    if (account.channel !== 'instagram' && account.channel !== 'messenger')
      throw new NotFoundError('There is nothing of that name here.');
    if (!deps.readMetaProfile) throw new UnavailableError('Accounts cannot be looked at here.');
    const found = await deps.readMetaProfile(account.channel, account.externalId);
    if ('fault' in found) throw new UnavailableError(found.fault);
    return {
      account_id: account.externalId,
      username: found.username,
      name: found.name,
      profile_picture_url: found.pictureUrl,
      followers_count: found.followers,
    };
  },
});
