import { randomBytes } from 'node:crypto';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { ensureDefaultBusiness, findUserByUsername, hasAnyUser, saveUser } from '../platform/auth/auth-store.ts';
import { hashPassword, verifyPassword } from '../platform/auth/passwords.ts';
import type { Database } from '../platform/database/client.ts';

export interface FirstAdmin {
  businessId: string;
  username: string;
  created: boolean;
  /** Only when this call made it up: print it once, it is stored nowhere. */
  generatedPassword: string | null;
  /** What whoever set ADMIN_PASSWORD must know: it was given later than the first user and changes nothing. Null: nothing. */
  warning: string | null;
}

/**
 * Makes the default business, and an admin as long as there is no user at all. Safe to call at every start.
 * `isGenerated`: nobody chose the password, so its holder is asked to; whoever set ADMIN_PASSWORD chose it, whatever it is. A later
 * change of ADMIN_PASSWORD changes nobody's password, which `warning` says: `npm run peyk -- bootstrap-admin` does that on purpose.
 */
export async function ensureFirstAdmin(
  db: Database,
  { adminUsername, adminPassword }: { adminUsername: string; adminPassword: string | null },
  { isGenerated = adminPassword === null }: { isGenerated?: boolean } = {},
): Promise<FirstAdmin> {
  const generated = adminPassword === null ? randomBytes(15).toString('base64url') : null;
  const made = await db.$transaction(async (tx) => {
    // Two API processes may start at once; the second waits here and then finds the first one's admin.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('peyk:first-admin'))`;
    const businessId = await ensureDefaultBusiness(tx);
    if (await hasAnyUser(tx)) return { businessId, username: adminUsername, created: false, generatedPassword: null };
    const passwordHash = await hashPassword(adminPassword ?? (generated as string));
    const person = { username: adminUsername, role: 'admin', isInstallation: true };
    const { id } = await saveUser(tx, { businessId, passwordHash, passwordChangeDue: isGenerated, ...person });
    const entry = { businessId, actor: 'start', resource: 'users', resourceId: id, subject: adminUsername };
    await appendAudit(tx, { ...entry, action: 'create', after: person });
    return { businessId, username: adminUsername, created: true, generatedPassword: generated };
  });
  const isGivenLater = !made.created && adminPassword !== null;
  return { ...made, warning: isGivenLater ? await findUnused(db, adminUsername, adminPassword) : null };
}

/** Why the variables do not say how somebody logs in; null when they do. */
async function findUnused(db: Database, username: string, password: string): Promise<string | null> {
  const user = await findUserByUsername(db, username);
  if (!user)
    return (
      `ADMIN_USERNAME and ADMIN_PASSWORD make only the first user, and there are users already: nobody is named ${username}. ` +
      'Log in as one of them, or make this one with: npm run peyk -- bootstrap-admin'
    );
  if (await verifyPassword(user.passwordHash, password)) return null;
  return (
    `ADMIN_PASSWORD is not the password of ${user.username}, and changes nothing: it is used for the first user only. ` +
    'The password is as it was; change it in the panel, or with: npm run peyk -- bootstrap-admin'
  );
}
