import type { Feature } from '../platform/feature.ts';
import { cannedReplies } from './canned-replies.resource.ts';
import { conversations } from './conversations.resource.ts';
import { conversationsHealth } from './health.ts';
import { assign, markRead, markUnread, setLabels, snooze } from './inbox.actions.ts';
import { labels } from './labels.resource.ts';
import { messages } from './messages.resource.ts';
import { close, release, takeOver } from './mode.actions.ts';
import type { ConversationNeeds } from './needs.ts';
import { writeNote } from './note.action.ts';
import { notes } from './notes.resource.ts';
import { savedFilters } from './saved-filters.resource.ts';
import { solve } from './solve.action.ts';
import { cancelTimer, rescheduleTimer } from './timer.actions.ts';
import { timers } from './timers.resource.ts';

/** Conversations, their messages, notes, labels and timers. */
export const conversationsFeature: Feature<ConversationNeeds> = {
  name: 'conversations',
  health: conversationsHealth,
  resources: [cannedReplies, conversations, labels, messages, notes, savedFilters, timers],
  actions: [
    assign,
    markRead,
    markUnread,
    setLabels,
    snooze,
    close,
    release,
    takeOver,
    writeNote,
    solve,
    cancelTimer,
    rescheduleTimer,
  ],
};
