import { text as readAll } from 'node:stream/consumers';
import { password as askPassword } from '@inquirer/prompts';
import { appendAudit } from '../platform/audit/audit-store.ts';
import {
  countActiveAdmins,
  ensureDefaultBusiness,
  findUserByUsername,
  normaliseUsername,
  revokeLoginsOf,
  type StoredUser,
  saveUser,
} from '../platform/auth/auth-store.ts';
import { findPasswordFault } from '../platform/auth/password-rules.ts';
import { hashPassword } from '../platform/auth/passwords.ts';
import { isRole, ROLES } from '../platform/auth/permissions.ts';
import type { Queries } from '../platform/database/client.ts';
import { type CommandContext, CommandError, type Outcome, type Terminal, UsageError } from './command.ts';

export interface BootstrapAdminOptions {
  username?: string;
  email?: string;
  password?: string;
  passwordStdin?: boolean;
  /** Absent: an existing user keeps theirs, and a new one becomes an admin. */
  role?: string;
}

function checkPassword(password: string, username: string): string {
  const fault = findPasswordFault(password, username);
  if (fault) throw new UsageError(`The password cannot be used. ${fault}`);
  return password;
}

async function readPassword(options: BootstrapAdminOptions, { stdin }: Terminal): Promise<string> {
  if (options.password !== undefined) return options.password;
  if (options.passwordStdin) return (await readAll(stdin)).replace(/\r?\n$/, '');
  if (!stdin.isTTY) throw new UsageError('Give the password with --password-stdin; there is no terminal to ask at.');
  const first = await askPassword({ message: 'Password (not shown):' });
  const second = await askPassword({ message: 'Once more:' });
  if (first !== second) throw new UsageError('The two passwords differ.');
  return first;
}

/**
 * Makes a user of the default business, or gives an existing one this password (and role, when one is named) and ends their
 * logins. An admin made here runs the installation: whoever can run this command does so already. No business loses its last
 * admin by it.
 */
export async function bootstrapAdmin(context: CommandContext, options: BootstrapAdminOptions): Promise<Outcome> {
  const name = normaliseUsername(options.username ?? options.email ?? context.config.auth.adminUsername);
  if (!/^[\p{L}\p{N}._@+-]{2,320}$/u.test(name))
    throw new UsageError('The username has characters that none may have.');
  if (options.role !== undefined && !isRole(options.role))
    throw new UsageError(`The role is one of: ${ROLES.join(', ')}.`);
  const passwordHash = await hashPassword(checkPassword(await readPassword(options, context.terminal), name));
  const { id, created, role } = await context.database().$transaction(async (tx) => {
    const defaultId = await ensureDefaultBusiness(tx);
    const user = await findUserByUsername(tx, name);
    const businessId = user?.businessId ?? defaultId;
    const role = options.role ?? user?.role ?? 'admin';
    if (user && role !== 'admin') await keepAnAdmin(tx, user);
    // An admin of another shop who gets a new password here stays an admin of that shop alone.
    const isInstallation = role === 'admin' && businessId === defaultId;
    const saved = await saveUser(tx, { businessId, username: name, passwordHash, role, isInstallation });
    if (!saved.created) await revokeLoginsOf(tx, saved.id, new Date());
    const action = saved.created ? 'create' : 'set_password';
    const entry = { businessId, actor: 'cli', resource: 'users', resourceId: saved.id, subject: name };
    await appendAudit(tx, { ...entry, action, after: { username: name, role } });
    return { ...saved, role };
  });
  const text = created ? `Made the ${role} ${name}.` : `Gave ${name} a new password; their logins have ended.`;
  return { text, data: { id, username: name, role, created } };
}

/** Without an active admin nobody could let anybody into that business again. */
async function keepAnAdmin(db: Queries, { businessId, role, active, username }: StoredUser): Promise<void> {
  if (role !== 'admin' || !active || (await countActiveAdmins(db, businessId)) > 1) return;
  throw new CommandError(`${username} is the last active admin of their business and must stay one.`);
}
