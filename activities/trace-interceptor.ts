import { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { findTracesOfMessages, findTracesOfSends } from '../src/inbox/trace-store.ts';
import type { Database } from '../src/platform/database/client.ts';
import type { Tracing } from '../src/platform/tracing/tracing.ts';
import type { DecideInput } from './decide.activities.ts';
import type { SendInput } from './send.activities.ts';

/** Where an activity's work began, by what it was given. Activities that are not named are traced by nobody. */
const BEGINNINGS: Readonly<Record<string, (db: Database, input: never) => Promise<string[]>>> = {
  decideReply: (db, { identity, messageIds }: DecideInput) =>
    findTracesOfMessages(db, identity.conversationId, messageIds),
  sendOutbound: (db, { outboundIds }: SendInput) => findTracesOfSends(db, outboundIds),
};

/**
 * Traces what is thought and sent as part of the webhooks that it answers. The way there leads over their rows and not over the
 * engine: so no workflow, and no history, knows of it.
 */
export function traceActivities(
  tracing: Tracing,
  db: Database,
  onError: (error: unknown) => void,
): ActivityInterceptorsFactory {
  return () => ({
    inbound: {
      async execute(input, next) {
        const { activityType, attempt } = Context.current().info;
        const [given] = input.args as [{ identity?: { conversationId?: string } } | undefined];
        const find = Object.hasOwn(BEGINNINGS, activityType) ? BEGINNINGS[activityType] : undefined;
        if (!find) return next(input);
        const parents = await find(db, given as never).catch((error: unknown) => {
          onError(error);
          return [];
        });
        const attributes = {
          'peyk.conversation.id': given?.identity?.conversationId ?? '',
          'temporal.activity.attempt': attempt,
        };
        return tracing.span(`activity ${activityType}`, { kind: 'consumer', attributes, parents }, () => next(input));
      },
    },
  });
}
