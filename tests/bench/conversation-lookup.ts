import pg from 'pg';
import { conversationWorkflowId } from '../../src/conversations/gateway.ts';
import { SHOP_ACCOUNT } from './customers.ts';

/** The id of the workflow that answers this customer. */
export async function workflowIdOf(databaseUrl: string, customer: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ channel: string; account_id: string; contact_id: string }>(
      `SELECT c.channel, c.account_id, c.contact_id FROM conversations c
       JOIN contacts k ON k.id = c.contact_id JOIN accounts a ON a.id = c.account_id
       WHERE k.external_id = $1 AND a.external_id = $2`,
      [customer, SHOP_ACCOUNT],
    );
    const [row] = rows;
    if (!row) throw new Error(`${customer} has no conversation.`);
    return conversationWorkflowId({ channel: row.channel, accountId: row.account_id, contactId: row.contact_id });
  } finally {
    await client.end();
  }
}
