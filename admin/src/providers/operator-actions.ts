import type { Upload } from '../chat/enclosed.ts';
import type { HttpClient } from './http-client.ts';

export interface SimulatorAnswer {
  conversationId: string;
  contactExternalId: string;
}

export interface ReplyDraft {
  text: string;
  replaced: boolean;
}

export type OperatorActions = ReturnType<typeof createOperatorActions>;

const LONGEST_IMPORT_MS = 600_000;
const LONGEST_UPLOAD_MS = 300_000;

/** Everything that an operator does beyond reading: each is one request, and none is repeated by itself. */
export function createOperatorActions(httpClient: HttpClient) {
  async function post<T>(path: string, body: object = {}): Promise<T> {
    const { json } = await httpClient(path, { method: 'POST', body: JSON.stringify(body) });
    return json as T;
  }
  const at = (resource: string, id: string, action: string) => `/api/${resource}/${encodeURIComponent(id)}/${action}`;
  const onConversation = (id: string, action: string, body?: object) =>
    post<unknown>(at('conversations', id, action), body);

  return {
    /** A GET of something that is no resource: the dashboard, the health, the reasons of an answer. */
    read: async <T>(path: string) => (await httpClient(path)).json as T,
    /** Lets the messages of the whole installation leave again. */
    resumeSending: () => post<unknown>('/api/sending/resume'),
    /** Whether the provider would take the account's credentials; nothing is sent. */
    testAccount: (accountId: string) => post<{ ok: boolean; note: string }>(at('accounts', accountId, 'test')),
    /** Changes what is named; null gives a setting back to the server's. */
    changeSettings: async <T>(changes: object) =>
      (await httpClient('/api/settings', { method: 'PATCH', body: JSON.stringify(changes) })).json as T,
    /** Puts the list of first steps away for the whole shop, or brings it back. */
    dismissFirstHour: (dismissed: boolean) => post<unknown>('/api/first-hour', { dismissed }),
    /** With `dryRun` only what it would cost. */
    startRerun: <T>(question: object) => post<T>('/api/reruns', question),
    cancelRerun: (rerunId: string) => post<unknown>(at('reruns', rerunId, 'cancel')),
    publishPrompt: (versionId: string) => post<unknown>(at('prompt-versions', versionId, 'publish')),
    withdrawPrompt: (versionId: string) => post<unknown>(at('prompt-versions', versionId, 'withdraw')),
    changePassword: (currentPassword: string, newPassword: string) =>
      post<unknown>('/auth/password', { currentPassword, newPassword }),
    revokeKey: (keyId: string) => post<unknown>(at('api-keys', keyId, 'revoke')),
    unlockUser: (userId: string) => post<unknown>(at('users', userId, 'unlock')),
    /** What the bot would say; nothing is sent. */
    simulateReply: <T>(question: { conversation_id?: string; text?: string }) =>
      post<T>('/admin/ai/simulate_reply', question),
    /** What the bot would say to the wordings of an unanswered question with this answer; nothing is stored. */
    tryAnswer: <T>(questionId: string, answer: { question: string; answer: string }) =>
      post<T>(at('unanswered-questions', questionId, 'try'), answer),
    dismissQuestion: (questionId: string) => post<unknown>(at('unanswered-questions', questionId, 'dismiss')),
    restoreQuestion: (questionId: string) => post<unknown>(at('unanswered-questions', questionId, 'restore')),
    /** Has one conversation of the test set answered and judged; nothing is sent. */
    runTest: <T>(testId: string, how: object) => post<T>(at('test-conversations', testId, 'run'), how),
    /** The file itself is the body; all of it is taken, or none. */
    importTestSet: async (file: Blob) => {
      const headers = new Headers({ 'Content-Type': 'application/octet-stream' });
      await httpClient('/api/test-set/import', { method: 'POST', headers, body: file });
    },
    /** Plays a script on a clock of its own; nothing is stored. */
    rehearse: <T>(script: object) => post<T>('/api/simulator/rehearsal', script),
    takeOver: (conversationId: string) => onConversation(conversationId, 'takeover'),
    release: (conversationId: string) => onConversation(conversationId, 'release'),
    close: (conversationId: string) => onConversation(conversationId, 'close'),
    /** Solves its open tickets and takes it off the list of those that wait for a person. */
    solve: (conversationId: string) => onConversation(conversationId, 'solve'),
    /** Null gives it back to everybody. */
    assign: (conversationId: string, userId: string | null) => onConversation(conversationId, 'assign', { userId }),
    /** These labels and no others. */
    setLabels: (conversationId: string, labels: readonly string[]) =>
      onConversation(conversationId, 'labels', { labels }),
    /** `until` is ISO 8601 in UTC; null brings it back now. */
    snooze: (conversationId: string, until: string | null) => onConversation(conversationId, 'snooze', { until }),
    /** Tries with one `key` leave one note. */
    addNote: (conversationId: string, text: string, key: string) =>
      onConversation(conversationId, 'notes', { text, key }),
    markRead: (conversationId: string) => onConversation(conversationId, 'read'),
    markUnread: (conversationId: string) => onConversation(conversationId, 'unread'),
    /**
     * What the bot would answer, for a person to read, change and send. Empty when it would say nothing; `replaced` when
     * checks put a safe text in the place of the model's.
     */
    draftReply: (conversationId: string) => post<ReplyDraft>(at('conversations', conversationId, 'draft')),
    /**
     * With `sendAt` (ISO 8601 in UTC) it waits until then; the gate is asked only at that time. Tries with one `key` say it
     * once.
     */
    sendMessage: (
      conversationId: string,
      text: string,
      how: { sendAt?: string; key: string; media?: { uploadId: string; kind: string }[]; productId?: string },
    ) => post<unknown>(at('chats', conversationId, 'message'), { ...(text ? { text } : {}), ...how }),
    /** Keeps a picture, film or sound for a message that will name it. */
    uploadFile: async (file: File) => {
      const body = new FormData();
      body.append('file', file);
      const signal = AbortSignal.timeout(LONGEST_UPLOAD_MS);
      return (await httpClient('/api/uploads', { method: 'POST', body, signal })).json as Upload;
    },
    cancelTimer: (timerId: string) => post<unknown>(at('timers', timerId, 'cancel')),
    rescheduleTimer: (timerId: string, dueAt: string) => post<unknown>(at('timers', timerId, 'reschedule'), { dueAt }),
    cancelFollowUp: (followUpId: string) => post<unknown>(at('followups', followUpId, 'cancel')),
    rescheduleFollowUp: (followUpId: string, dueAt: string) =>
      post<unknown>(at('followups', followUpId, 'reschedule'), { dueAt }),
    /** The customer is told; a message that may not go out is shown as blocked. */
    changeOrderState: (orderId: string, state: string) => post<unknown>(at('orders', orderId, 'state'), { state }),
    quoteOrder: <T>(items: readonly object[]) => post<T>('/api/orders/quote', { items }),
    /** The customer is told unless `notify` is false; an `id` of ours keeps a second try from being a second order. */
    createOrder: <T>(order: object) => post<T>('/api/orders', order),
    /** `force` believes a list that lost many products. */
    startSync: (force: boolean) => post<unknown>('/admin/products/sync', { force }),
    cancelSync: (runId: string) => post<unknown>(`/admin/products/sync/${encodeURIComponent(runId)}/cancel`),
    editSchedule: (change: { cron?: string | null; paused?: boolean }) =>
      post<unknown>('/api/catalog/schedule', change),
    /** The file itself is the body; the answer tells what became of each row. */
    importProducts: async <T>(file: Blob, currency: string) => {
      const headers = new Headers({ 'Content-Type': 'application/octet-stream' });
      const path = `/api/products/import?currency=${currency}`;
      const signal = AbortSignal.timeout(LONGEST_IMPORT_MS);
      return (await httpClient(path, { method: 'POST', headers, body: file, signal })).json as T;
    },
    markSent: (outboundId: string) => post<unknown>(at('outbound-messages', outboundId, 'mark-sent')),
    sendAgain: (outboundId: string) => post<unknown>(at('outbound-messages', outboundId, 'send-again')),
    replayEvent: (eventId: string) => post<unknown>(at('inbound-events', eventId, 'replay')),
    /** Lets this tab listen to changes, once. */
    getLiveTicket: () => post<{ ticket: string }>('/api/live/ticket'),
    /** Without a `conversation` name the server begins a new one. */
    simulate: (text: string, conversation: string | null) =>
      post<SimulatorAnswer>('/api/simulator/messages', conversation ? { conversation, text } : { text }),
    /** As the customer; null takes the reaction back. */
    simulateReaction: (messageId: string, emoji: string | null) =>
      post<SimulatorAnswer>('/api/simulator/messages', { reaction: { messageId, emoji } }),
    /** As the customer; null takes the message back. */
    simulateEdit: (messageId: string, text: string | null) =>
      post<SimulatorAnswer>('/api/simulator/messages', { edit: { messageId, text } }),
  };
}
