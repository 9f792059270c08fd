import { setTimeout as sleep } from 'node:timers/promises';
import { bareWorkflowId, takeBareTurns } from '../bare/bare-turns.ts';
import { workflowIdOf } from '../conversation-lookup.ts';
import { PURCHASE_QUESTION } from '../customers.ts';
import { type ActionCount, countActions, historyBytes, loadHistory } from '../histories.ts';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { type Stack, withStack } from '../stack.ts';
import { round } from '../statistics.ts';
import { newConversations, ourTurns, type TakeTurn } from '../turns.ts';

interface Reading {
  actions: ActionCount;
  bytes: number;
  events: number;
}

/**
 * Temporal actions and history bytes of a reply, read from the histories after each turn. The first turn also starts the
 * workflow and the timer that closes its window.
 */
export async function actions({ quick }: BenchOptions): Promise<BenchResult> {
  const turns = quick ? 3 : 9;
  return withStack(async (stack) => {
    const api = await stack.startApi();
    await stack.startWorker();
    const bareWorker = await stack.startBareWorker();
    const [plain = '', buying = '', bare = ''] = newConversations(3);
    const ourId = (customer: string) => () => workflowIdOf(stack.databaseUrl, customer);
    const asks = ourTurns(stack, api.port);
    const buys = ourTurns(stack, api.port, () => PURCHASE_QUESTION);
    const bareTurns = takeBareTurns(stack, bareWorker);
    const ours = await readTurns(stack, asks, plain, turns, ourId(plain));
    const buyer = await readTurns(stack, buys, buying, 1, ourId(buying));
    const limit = await readTurns(stack, bareTurns, bare, turns, async () => bareWorkflowId(bare));
    return toResult(ours, buyer[0] as Reading, limit);
  });
}

/** A reading after each turn, once its workflow has come to rest. */
async function readTurns(
  stack: Stack,
  take: TakeTurn,
  conversation: string,
  turns: number,
  workflowId: () => Promise<string>,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    await take(conversation, turn);
    await sleep(700);
    const id = await workflowId();
    const events = await loadHistory(stack.client, id);
    readings.push({
      actions: countActions(events),
      bytes: await historyBytes(stack.client, id),
      events: events.length,
    });
  }
  return readings;
}

function toResult(ours: Reading[], buyer: Reading, bare: Reading[]): BenchResult {
  const [mine, limit] = [perTurn(ours), perTurn(bare)];
  return {
    name: 'actions',
    ours: { ...mine, firstWithPurchaseIntent: buyer.actions },
    limit,
    ratio: {
      firstReply: round(mine.first.actions.total / limit.first.actions.total),
      laterReply: round(mine.later.actions / limit.later.actions),
      bytes: round(mine.later.bytes / limit.later.bytes),
    },
    aim: { firstReply: aim(mine.first.actions.total, '<=', 4), laterReply: aim(mine.later.actions, '<=', 4) },
  };
}

/** The first turn, and what each later one added on average. */
function perTurn(readings: Reading[]) {
  const first = readings[0] as Reading;
  const last = readings.at(-1) as Reading;
  const added = (of: (reading: Reading) => number) => round((of(last) - of(first)) / (readings.length - 1), 1);
  return {
    first,
    later: {
      actions: added((reading) => reading.actions.total),
      bytes: added((reading) => reading.bytes),
      events: added((reading) => reading.events),
    },
    after: last,
  };
}
