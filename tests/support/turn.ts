import { INSTAGRAM_LIMITS } from '../../src/channels/instagram-limits.ts';
import type { ReplyContext } from '../../src/replies/reply-context.ts';
import { readTurn, type Turn, type TurnInput } from '../../src/replies/turn.ts';

/** A turn of a customer who wrote `texts`, in a shop without anything. */
export function buildTurn({
  texts = ['Hello'],
  context = {},
  ...changes
}: { texts?: string[]; context?: Partial<ReplyContext> } & Partial<Omit<TurnInput, 'context'>> = {}): Turn {
  return readTurn({
    conversationId: 'conversation',
    turnId: 'conversation:1.1',
    limits: () => INSTAGRAM_LIMITS,
    withoutModel: async () => true,
    isDryRun: false,
    signal: new AbortController().signal,
    ...changes,
    context: {
      businessId: 'business',
      businessName: 'Shop',
      businessPrompt: '',
      businessLanguage: 'en',
      timeZone: 'UTC',
      aiEnabled: true,
      channel: 'simulator',
      contactLanguage: null,
      optedOut: false,
      transcript: texts.map((text) => ({ author: 'customer' as const, kind: 'text', text, isNew: true })),
      faqs: [],
      ...context,
    },
  });
}
