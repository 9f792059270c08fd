import type { Child } from '../child.ts';
import type { Stack } from '../stack.ts';
import { nowMs } from '../statistics.ts';
import type { TakeTurn } from '../turns.ts';
import { BARE_QUEUE } from './queues.ts';
import type { bareTurns } from './turn.workflow.ts';

interface SecondBegan {
  id: string;
  atMs: number;
}

/** Bare: signals a workflow; the turn ends when its second activity begins. Returns milliseconds. */
export function takeBareTurns(stack: Stack, worker: Child): TakeTurn {
  const waiting = new Map<string, (atMs: number) => void>();
  worker.process.on('message', (message) => {
    const { id, atMs } = message as SecondBegan;
    waiting.get(id)?.(atMs);
    waiting.delete(id);
  });
  let turns = 0;
  return async (conversation) => {
    turns += 1;
    const id = `turn-${turns}`;
    const began = new Promise<number>((resolve) => waiting.set(id, resolve));
    const startedAt = nowMs();
    await stack.client.workflow.signalWithStart<typeof bareTurns, [string]>('bareTurns', {
      workflowId: bareWorkflowId(conversation),
      taskQueue: BARE_QUEUE,
      args: [],
      signal: 'turn',
      signalArgs: [id],
    });
    return (await began) - startedAt;
  };
}

export function bareWorkflowId(conversation: string): string {
  return `bare/${conversation}`;
}
