import type { Config } from './config.ts';
import { type ConversationPolicy, DEFAULT_LOOP_POLICY } from './domain/policy.ts';

/** The shop's settings as a conversation takes them. */
export function conversationPolicyOf(config: Config): ConversationPolicy {
  return {
    windowMs: config.policy.windowMs,
    takeoverMs: config.policy.takeoverMs,
    loop: DEFAULT_LOOP_POLICY,
    decideLocally: config.ai.provider === 'builtin',
    maxHistoryEvents: null,
  };
}
