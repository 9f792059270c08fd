import { z } from 'zod';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf } from '../platform/http/resources/audited.ts';
import { inboundEventRecord, inboundEvents } from './inbound-events.resource.ts';
import type { InboxNeeds } from './needs.ts';
import { replayInboundEvent } from './store.ts';

const defineAction = actionsOf<InboxNeeds>();

export const replayEvent = defineAction({
  method: 'post',
  path: '/api/inbound-events/:id/replay',
  summary: 'Hands an event to its conversation once more, under a new number.',
  permission: 'manage-inbox',
  body: z.strictObject({}),
  status: 200,
  response: inboundEventRecord,
  async run({ deps, principal, id }) {
    const shown = ({ seq, replayCount }: { seq: bigint; replayCount: number }) => ({ seq: Number(seq), replayCount });
    const after = await deps.db.$transaction(async (tx) => {
      const before = await findOwned({ db: tx }, inboundEvents, principal, id);
      await replayInboundEvent(tx, principal.businessId, id);
      const changed = await findOwned({ db: tx }, inboundEvents, principal, id);
      const entry = entryOf(inboundEvents, before, principal, 'replay');
      await appendAudit(tx, { ...entry, before: shown(before), after: shown(changed) });
      return changed;
    });
    deps.wakeRelay();
    return inboundEvents.present(after, deps.presentContext);
  },
});
