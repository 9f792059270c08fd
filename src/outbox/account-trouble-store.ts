import type { Queries } from '../platform/database/client.ts';
import type { AccountTrouble } from './account-trouble.ts';

/** Shows what keeps an account from sending. What a person has to mend is not called anything less. May be repeated. */
export async function noteAccountTrouble(db: Queries, accountId: string, trouble: AccountTrouble): Promise<void> {
  const { status, note } = trouble;
  await db.$executeRaw`
    UPDATE accounts SET status = ${status}, status_note = ${note}, updated_at = now()
    WHERE id = ${accountId}::uuid AND (status, status_note) <> (${status}, ${note})
      AND (status IN ('active', 'failing') OR status = ${status})`;
}

/** A message of the account was taken: it works. */
export async function noteAccountWorks(db: Queries, accountId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE accounts SET status = 'active', status_note = '', updated_at = now()
    WHERE id = ${accountId}::uuid AND status = 'failing'`;
}
