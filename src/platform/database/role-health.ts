import { describeHealth, type HealthMessages } from '../health/health-messages.ts';
import type { HealthPart } from '../health/health-part.ts';
import type { Database } from './client.ts';

export const ROLE_MESSAGES = {
  role_ok: { message: 'Peyk works in PostgreSQL as an ordinary role.', action: '' },
  role_superuser: {
    message: 'Peyk works in PostgreSQL as %{role}, a superuser: whoever took it over could do anything on that server.',
    action: 'Give it an ordinary role that owns its database: docs/upgrading.md says how. Nothing else changes.',
  },
} as const satisfies HealthMessages;

/** Whether the role that we work as may more than it must. */
export async function readRoleParts(db: Database): Promise<HealthPart[]> {
  const [row] = await db.$queryRaw<{ role: string; isSuperuser: boolean }[]>`
    SELECT rolname::text AS role, rolsuper AS "isSuperuser" FROM pg_roles WHERE rolname = current_user`;
  return row?.isSuperuser
    ? [
        {
          name: 'database-role',
          state: 'warning',
          ...describeHealth(ROLE_MESSAGES, 'role_superuser', { role: row.role }),
        },
      ]
    : [{ name: 'database-role', state: 'ok', ...describeHealth(ROLE_MESSAGES, 'role_ok') }];
}
