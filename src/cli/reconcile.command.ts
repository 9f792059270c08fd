import { createSettings, openChannels, policyOfBusiness } from '../composition.ts';
import type { Mended } from '../conversations/reconcile/difference.ts';
import { createReconcile } from '../conversations/reconcile/reconcile.ts';
import { createConversations } from '../conversations/workflow-gateway.ts';
import { openTicket } from '../tickets/store.ts';
import type { CommandContext, Outcome } from './command.ts';
import { openEngine } from './engine.ts';

export interface ReconcileCommandOptions {
  all?: boolean;
  dryRun?: boolean;
}

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** Compares every conversation's rows with its run, and has those that differ founded anew on their rows. */
export async function reconcile(context: CommandContext, { all, dryRun }: ReconcileCommandOptions): Promise<Outcome> {
  const client = openEngine(context);
  try {
    const db = context.database();
    const { channels } = openChannels(context.config, db);
    const policyOf = policyOfBusiness(context.config, createSettings(context.config, db), channels);
    const conversations = createConversations(client, policyOf);
    const compare = createReconcile({ db, client, conversations, logger: quiet, openTicket });
    const report = await compare({
      startedBy: 'cli',
      isFull: true,
      isAll: all ?? false,
      isDryRun: dryRun ?? false,
    });
    const { lookedAt, differences } = report;
    return {
      text: [`Looked at ${lookedAt}; ${differences.length} differed.`, ...describe(differences)].join('\n'),
      data: { lookedAt, differences: differences.map(toData), dryRun: dryRun ?? false },
    };
  } finally {
    await client.connection.close();
  }
}

function toData({ kind, ref, workflowId, note, outcome }: Mended) {
  return { kind, workflowId, conversationId: ref?.conversationId ?? null, note, outcome };
}

function describe(differences: readonly Mended[]): string[] {
  return differences.map(({ kind, workflowId, note, outcome }) =>
    [kind.padEnd(12), outcome.padEnd(7), workflowId, note].join(' ').trimEnd(),
  );
}
