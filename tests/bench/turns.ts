import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { questionOf, signatureOf, webhookBody } from './customers.ts';
import type { Stack } from './stack.ts';
import { nowMs } from './statistics.ts';

/** One turn: something is said, and the time from then until it reached the last step. */
export type TakeTurn = (conversation: string, turn: number) => Promise<number>;

/**
 * Ours: posts a signed webhook; the turn ends when the provider gets the request that answers it. Returns milliseconds.
 */
export function ourTurns(
  stack: Stack,
  port: number,
  say: (turn: number) => string = questionOf,
  account?: string,
): TakeTurn {
  const post = webhookPoster(port);
  return async (conversation, turn) => {
    const body = webhookBody(conversation, say(turn), account);
    const reply = stack.provider.nextSendTo(conversation);
    const startedAt = nowMs();
    await post(body);
    return (await reply) - startedAt;
  };
}

/** Posts signed webhooks; throws unless they are taken. */
export function webhookPoster(port: number): (body: string) => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  return async (body) => {
    const status = await post(agent, port, body);
    if (status !== 200) throw new Error(`A webhook was answered ${status}`);
  };
}

/** Every conversation has one turn under way until each took `turns`. Resolves with the time it all took, and each turn's. */
export async function runClosedLoop(
  take: TakeTurn,
  plan: { conversations: string[]; turns: number; underWay: number; firstTurn?: number },
): Promise<{ tookMs: number; timesMs: number[] }> {
  const timesMs: number[] = [];
  const queue = [...plan.conversations];
  const startedAt = nowMs();
  const serve = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift())
      for (let turn = 0; turn < plan.turns; turn += 1) timesMs.push(await take(name, (plan.firstTurn ?? 0) + turn));
  };
  await Promise.all(Array.from({ length: plan.underWay }, serve));
  return { tookMs: nowMs() - startedAt, timesMs };
}

/**
 * Turns begin at a steady rate, going round the conversations, whatever the earlier ones do; a conversation whose turn is
 * not over yet is passed by, for a second message would join that turn. Resolves with their times, the first turns' apart.
 */
export async function runSteadily(
  take: TakeTurn,
  plan: { conversations: string[]; count: number; perSecond: number; firstTurn?: number },
): Promise<{ first: number[]; later: number[] }> {
  const startedAt = nowMs();
  const idle = plan.conversations.map((name) => ({ name, turn: plan.firstTurn ?? 0 }));
  const times = { first: [] as number[], later: [] as number[] };
  const underWay: Promise<void>[] = [];
  for (let index = 0; index < plan.count; index += 1) {
    const waitMs = startedAt + (index / plan.perSecond) * 1000 - nowMs();
    if (waitMs > 0) await sleep(waitMs);
    const next = idle.shift();
    if (!next) throw new Error('Every conversation is still busy: too few of them for this rate.');
    const task = take(next.name, next.turn).then((tookMs) => {
      times[next.turn === 0 ? 'first' : 'later'].push(tookMs);
      idle.push({ name: next.name, turn: next.turn + 1 });
    });
    task.catch(() => undefined);
    underWay.push(task);
  }
  await Promise.all(underWay);
  return times;
}

/** Names of conversations that nobody has used yet in this run. */
export function newConversations(count: number): string[] {
  named += count;
  return Array.from({ length: count }, (_, index) => `customer-${named - count + index}`);
}
let named = 0;

function post(agent: Agent, port: number, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-webhook-signature': signatureOf(body),
    };
    const options = { agent, port, host: '127.0.0.1', path: '/webhooks/directam', method: 'POST', headers };
    const asking = httpRequest(options, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    asking.once('error', reject);
    asking.end(body);
  });
}
