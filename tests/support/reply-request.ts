import type { ReplyRequest } from '../../src/replies/models/model.ts';

/** A reply request of a small shop whose customer wrote `lines`, one after the other. */
export function buildReplyRequest(lines: string[] = ['hello'], overrides: Partial<ReplyRequest> = {}): ReplyRequest {
  return {
    businessName: 'Yas',
    businessPrompt: '',
    language: 'en',
    transcript: lines.map((text) => ({ author: 'customer', text })),
    faqs: [],
    facts: [],
    maxReplyBytes: 1000,
    ...overrides,
  };
}
