import { z } from 'zod';
import { defineAction } from '../platform/http/actions/action.ts';
import { countWaiting, WAITING_KINDS } from './waiting-store.ts';

export const waitingAnswer = z.array(z.object({ kind: z.enum(WAITING_KINDS), count: z.int() }));

export const waiting = defineAction({
  method: 'get',
  path: '/api/waiting',
  summary:
    'How much waits for a person, by kind; 100 stands for 100 or more, and what there is nothing of is left out.',
  permission: 'view-conversations',
  status: 200,
  response: waitingAnswer,
  run: ({ deps, principal }) => countWaiting(deps.db, principal.businessId),
});
