import { revokeKey, unlockUser } from './access.ts';
import type { AnyAction } from './action.ts';
import { aiContext, simulateReply } from './ai-context.ts';
import { chatMessage } from './chat-message.ts';
import { close, release, takeOver } from './conversation-mode.ts';
import { dashboard } from './dashboard.ts';
import { decisionWhy } from './decision-why.ts';
import { cancelFollowUp, rescheduleFollowUp } from './followup-timer.ts';
import { markSent, sendAgain } from './outbound-settle.ts';
import { rehearsal } from './rehearsal.ts';
import { replayEvent } from './replay-event.ts';
import { simulatorMessage } from './simulator-message.ts';

/** Everything that can be done besides reading and editing records; router and document are made from this list. */
export const ACTIONS: readonly AnyAction[] = [
  aiContext,
  cancelFollowUp,
  chatMessage,
  close,
  dashboard,
  decisionWhy,
  markSent,
  rehearsal,
  release,
  replayEvent,
  revokeKey,
  rescheduleFollowUp,
  sendAgain,
  simulateReply,
  simulatorMessage,
  takeOver,
  unlockUser,
];
