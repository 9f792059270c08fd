import { confirm } from '@inquirer/prompts';
import { type FoundContact, findContacts } from '../contacts/erasure.ts';
import { conversationWorkflowId } from '../conversations/gateway.ts';
import { endRun } from '../conversations/reconcile/run-gateway.ts';
import { ERASURE } from '../features.ts';
import { appendAudit } from '../platform/audit/audit-store.ts';
import type { Database } from '../platform/database/client.ts';
import { erase as eraseContact } from '../platform/erasure/erasure.ts';
import { openTemporal } from '../platform/temporal/client.ts';
import { type CommandContext, CommandError, type Outcome, UsageError } from './command.ts';

export interface EraseOptions {
  business?: string;
  all?: boolean;
  yes?: boolean;
  dryRun?: boolean;
}

/** Forgets a customer: who they are and what was said, wherever it stands. What was sold stays, as nobody's. */
export async function erase(context: CommandContext, whom: string, options: EraseOptions): Promise<Outcome> {
  const db = context.database();
  const found = await findContacts(db, whom.trim(), await businessOf(db, options.business));
  if (found.length === 0) throw new CommandError('No customer has this id or phone number.', { contacts: [] });
  const listed = found.map(({ contactId, channel }) => ({ contactId, channel }));
  if (found.length > 1 && !options.all)
    throw new CommandError(
      `${found.length} customers are meant. Name one by the id, or say --all:\n${listed.map(({ contactId, channel }) => `  ${contactId} (${channel})`).join('\n')}`,
      { contacts: listed },
    );
  const dryRun = options.dryRun ?? false;
  if (!dryRun && !options.yes && !(await isConfirmed(context, found.length)))
    return { text: 'Nothing was done.', data: { dryRun, erased: false, contacts: listed } };
  const totals: Record<string, number> = {};
  for (const contact of found) {
    const counts = await eraseContact(db, ERASURE, contact, {
      dryRun,
      afterwards: (tx) =>
        appendAudit(tx, {
          businessId: contact.businessId,
          actor: 'cli',
          action: 'erase',
          resource: 'contacts',
          resourceId: contact.contactId,
          subject: '',
        }),
    });
    for (const [name, count] of Object.entries(counts)) totals[name] = (totals[name] ?? 0) + count;
  }
  const runs = dryRun ? 'left' : await endRuns(context, found);
  const list = Object.entries(totals).map(([name, count]) => `  ${name.padEnd(14)} ${count}`);
  const text = [
    `${dryRun ? 'Would erase' : 'Erased'} ${found.length === 1 ? 'one customer' : `${found.length} customers`}. Rows changed:`,
    ...list,
    ...(runs === 'unreachable' ? ['Temporal cannot be reached: runs end by themselves when it is back.'] : []),
    ...(dryRun ? [] : ['Backups that were taken before still hold them.']),
  ].join('\n');
  return { text, data: { dryRun, erased: !dryRun, contacts: listed, rows: totals, runs } };
}

async function businessOf(db: Database, slug: string | undefined): Promise<string | null> {
  if (slug === undefined) return null;
  const business = await db.business.findUnique({ where: { slug }, select: { id: true } });
  if (!business) throw new UsageError(`There is no business ${slug}.`);
  return business.id;
}

async function isConfirmed({ terminal }: CommandContext, count: number): Promise<boolean> {
  if (!terminal.stdin.isTTY) throw new UsageError('Say --yes to erase; there is no terminal to ask at.');
  const whom = count === 1 ? 'this customer' : `these ${count} customers`;
  return confirm({ message: `Erase ${whom} for good?`, default: false });
}

/** Their histories hold ids only, and a run without rows ends by itself; now is sooner. */
async function endRuns({ config }: CommandContext, contacts: readonly FoundContact[]): Promise<string> {
  const { address } = config.temporal;
  if (!address) return 'unreachable';
  const client = openTemporal({ ...config.temporal, address });
  try {
    for (const contact of contacts) await endRun(client, conversationWorkflowId(contact), 'erased');
    return 'ended';
  } catch {
    return 'unreachable';
  } finally {
    await client.connection.close();
  }
}
