import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { conversationStateQuery } from '../../../workflows/conversation.messages.ts';
import type { ConversationState } from '../core/state.ts';

/** What the engine has of conversations. Each call ends within `ASK_MS`; all reject when the engine is away. */

const ASK_MS = 5000;

export interface RunningRun {
  workflowId: string;
  taskQueue: string;
}

/** The run of a workflow id, if one is under way. `attempt`: how often it has tried its present workflow task. */
export async function describeRun(
  client: Client,
  workflowId: string,
): Promise<(RunningRun & { attempt: number }) | null> {
  try {
    const { raw, status, taskQueue } = await client.connection.withDeadline(Date.now() + ASK_MS, () =>
      client.workflow.getHandle(workflowId).describe(),
    );
    if (status.name !== 'RUNNING') return null;
    return { workflowId, taskQueue, attempt: Number(raw.pendingWorkflowTask?.attempt ?? 0) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** Ends the run of a conversation that is gone, and has what it remembers forgotten. Nothing happens where there is none. */
export async function endRun(client: Client, workflowId: string, reason: string): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  const { namespace } = client.options;
  const within = <Result>(call: () => Promise<Result>) => client.connection.withDeadline(Date.now() + ASK_MS, call);
  try {
    await within(() => handle.terminate(reason));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  const query = `WorkflowId = '${workflowId}'`;
  for await (const { runId } of client.workflow.list({ query }))
    await within(() =>
      client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId, runId } }),
    );
}

/** What the run knows; null when no worker answers for it in time. */
export async function readRunState(client: Client, workflowId: string): Promise<ConversationState | null> {
  const ask = () => client.workflow.getHandle(workflowId).query(conversationStateQuery);
  return client.connection.withDeadline(Date.now() + ASK_MS, ask).catch(() => null);
}

/** Every conversation's run that is under way, in pages. */
export async function* listRuns(client: Client): AsyncGenerator<RunningRun[]> {
  const query = `WorkflowType = 'conversation' AND ExecutionStatus = 'Running'`;
  let page: RunningRun[] = [];
  for await (const { workflowId, taskQueue } of client.workflow.list({ query, pageSize: 1000 })) {
    page.push({ workflowId, taskQueue });
    if (page.length < 1000) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
