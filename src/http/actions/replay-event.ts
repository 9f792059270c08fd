import { z } from 'zod';
import { appendAudit } from '../../db/audit-store.ts';
import { replayInboundEvent } from '../../db/inbox-store.ts';
import { inboundEventRecord, inboundEvents } from '../resources/inbound-events.ts';
import { defineAction } from './action.ts';
import { findOwned } from './find-owned.ts';

export const replayEvent = defineAction({
  method: 'post',
  path: '/api/inbound-events/:id/replay',
  summary: 'Hands an event to its conversation once more, under a new number.',
  permission: 'manage-inbox',
  body: z.strictObject({}),
  status: 200,
  response: inboundEventRecord,
  async run({ deps, principal, id }) {
    const { businessId, actor } = principal;
    const before = await findOwned(deps, 'inboundEvent', principal, id);
    await replayInboundEvent(deps.db, businessId, id);
    deps.wakeRelay?.();
    const after = await findOwned(deps, 'inboundEvent', principal, id);
    const shown = ({ seq, replayCount }: typeof before) => ({ seq: Number(seq), replayCount });
    await appendAudit(deps.db, {
      businessId,
      actor,
      action: 'replay',
      resource: 'inbound-events',
      resourceId: id,
      before: shown(before),
      after: shown(after),
    });
    return inboundEvents.present(after, deps.presentContext);
  },
});
