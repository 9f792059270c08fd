import { Context } from '@temporalio/activity';

/** Heartbeats start only for work that lasts: each one that reaches the server is an action, and most work is short. */
const EVERY_MS = 4000;

/**
 * Runs `work` and heartbeats while it lasts, so that a killed worker is noticed in seconds and a cancellation arrives.
 * Local activities need none: they live and die with their workflow task.
 */
export async function heartbeatWhile<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const timer = context.info.isLocal ? null : setInterval(() => context.heartbeat(), EVERY_MS);
  try {
    return await work(context.cancellationSignal);
  } finally {
    if (timer) clearInterval(timer);
  }
}
