import { z } from 'zod';
import { defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { TRAIT_KINDS } from './rules.ts';
import { findProfile } from './store.ts';

export const contactBehaviour = defineAction({
  method: 'get',
  path: '/api/contacts/:id/behaviour',
  summary: 'What a customer is interested in, as far as their questions tell, the surest first.',
  permission: 'view-messages',
  status: 200,
  response: z.object({
    /** Questions that were learnt from; 0 while nothing is known. */
    turns: z.int(),
    traits: z.array(
      z.object({
        kind: z.enum(TRAIT_KINDS),
        /** An intent, a category or a brand; `ready` of who wants to buy. */
        value: z.string(),
        count: z.int(),
        /** 0 to 1. */
        confidence: z.number(),
      }),
    ),
  }),
  async run({ deps, principal, id }) {
    const contact = await findOwned(deps, 'contact', principal, id);
    const profile = await findProfile(deps.db, principal.businessId, contact.id);
    return { turns: profile?.turns ?? 0, traits: profile?.traits ?? [] };
  },
});
