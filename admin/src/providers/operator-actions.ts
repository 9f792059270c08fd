import type { HttpClient } from './http-client.ts';

export interface SimulatorAnswer {
  conversationId: string;
  contactExternalId: string;
}

export type OperatorActions = ReturnType<typeof createOperatorActions>;

/** Everything that an operator does beyond reading: each is one POST, and none is repeated by itself. */
export function createOperatorActions(httpClient: HttpClient) {
  async function post<T>(path: string, body: object = {}): Promise<T> {
    const { json } = await httpClient(path, { method: 'POST', body: JSON.stringify(body) });
    return json as T;
  }
  const at = (resource: string, id: string, action: string) => `/api/${resource}/${encodeURIComponent(id)}/${action}`;

  return {
    takeOver: (conversationId: string) => post<unknown>(at('conversations', conversationId, 'takeover')),
    release: (conversationId: string) => post<unknown>(at('conversations', conversationId, 'release')),
    close: (conversationId: string) => post<unknown>(at('conversations', conversationId, 'close')),
    sendMessage: (conversationId: string, text: string) =>
      post<unknown>(at('chats', conversationId, 'message'), { text }),
    cancelFollowUp: (followUpId: string) => post<unknown>(at('followups', followUpId, 'cancel')),
    rescheduleFollowUp: (followUpId: string, dueAt: string) =>
      post<unknown>(at('followups', followUpId, 'reschedule'), { dueAt }),
    markSent: (outboundId: string) => post<unknown>(at('outbound-messages', outboundId, 'mark-sent')),
    sendAgain: (outboundId: string) => post<unknown>(at('outbound-messages', outboundId, 'send-again')),
    replayEvent: (eventId: string) => post<unknown>(at('inbound-events', eventId, 'replay')),
    /** Without a `conversation` name the server begins a new one. */
    simulate: (text: string, conversation: string | null) =>
      post<SimulatorAnswer>('/api/simulator/messages', conversation ? { conversation, text } : { text }),
  };
}
