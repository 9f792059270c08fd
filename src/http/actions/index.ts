import { revokeKey, unlockUser } from './access.ts';
import type { AnyAction } from './action.ts';
import { aiContext, simulateReply } from './ai-context.ts';
import { analyticsBehaviour, analyticsQuality, analyticsSummary } from './analytics.ts';
import { editSchedule, readSchedule, triggerSchedule } from './catalog-schedule.ts';
import { cancelSync, startSync, syncStatus } from './catalog-sync.ts';
import { chatMessage } from './chat-message.ts';
import { contactBehaviour } from './contact-behaviour.ts';
import { assign, markRead, markUnread, setLabels, snooze } from './conversation-inbox.ts';
import { close, release, takeOver } from './conversation-mode.ts';
import { writeNote } from './conversation-note.ts';
import { solve } from './conversation-solve.ts';
import { dashboard } from './dashboard.ts';
import { decisionWhy } from './decision-why.ts';
import { cancelFollowUp, rescheduleFollowUp } from './followup-timer.ts';
import { liveTicket } from './live-ticket.ts';
import { createOrderByHand, quoteOrder } from './order-create.ts';
import { changeOrderState } from './order-state.ts';
import { markSent, sendAgain } from './outbound-settle.ts';
import { productAskings } from './product-askings.ts';
import { importProducts, importTemplate } from './product-import.ts';
import { publishPrompt, withdrawPrompt } from './prompt-version.ts';
import { rehearsal } from './rehearsal.ts';
import { replayEvent } from './replay-event.ts';
import { replyDraft } from './reply-draft.ts';
import { cancelRerun, startRerun } from './rerun.ts';
import { simulatorMessage } from './simulator-message.ts';
import { cancelTimer, rescheduleTimer } from './timer.ts';

/** Everything that can be done besides reading and editing records; router and document are made from this list. */
export const ACTIONS: readonly AnyAction[] = [
  aiContext,
  cancelRerun,
  publishPrompt,
  startRerun,
  withdrawPrompt,
  analyticsBehaviour,
  analyticsQuality,
  analyticsSummary,
  assign,
  cancelFollowUp,
  cancelTimer,
  changeOrderState,
  createOrderByHand,
  quoteOrder,
  chatMessage,
  close,
  contactBehaviour,
  dashboard,
  decisionWhy,
  liveTicket,
  markRead,
  markSent,
  markUnread,
  rehearsal,
  release,
  replayEvent,
  replyDraft,
  revokeKey,
  rescheduleFollowUp,
  rescheduleTimer,
  sendAgain,
  setLabels,
  simulateReply,
  simulatorMessage,
  snooze,
  solve,
  takeOver,
  startSync,
  syncStatus,
  cancelSync,
  readSchedule,
  editSchedule,
  triggerSchedule,
  importProducts,
  importTemplate,
  productAskings,
  unlockUser,
  writeNote,
];
