import type { AuthProvider } from 'react-admin';
import { isAllowed } from './permissions.ts';
import { type Session, SignInError } from './session.ts';

const SIGN_IN_MESSAGES: Readonly<Record<number, string>> = {
  400: 'ra.auth.sign_in_error',
  401: 'ra.auth.sign_in_error',
  429: 'peyk.errors.too_many_sign_ins',
};

function toSignInMessage(error: unknown): string {
  if (!(error instanceof SignInError)) return 'peyk.errors.network';
  return SIGN_IN_MESSAGES[error.status] ?? (error.status >= 500 ? 'peyk.errors.unavailable' : error.message);
}

export function createAuthProvider(session: Session): AuthProvider {
  return {
    async login({ username, password }: { username: string; password: string }) {
      try {
        await session.signIn(username, password);
      } catch (error) {
        throw new Error(toSignInMessage(error));
      }
    },
    async logout() {
      await session.signOut();
    },
    async checkAuth() {
      if (session.isSignedIn()) return;
      // An unreachable server is no reason to ask for the password again: the screen itself will say what is wrong.
      if ((await session.refresh()) === 'signed-out') throw new Error('ra.auth.auth_check_error');
    },
    async checkError(error: { status?: number }) {
      // A 403 means "not this one", not "not you": it must not end the login.
      if (error.status === 401) throw new Error('ra.notification.logged_out');
    },
    async getIdentity() {
      const { id, username } = await session.getMe();
      return { id, fullName: username };
    },
    async getPermissions() {
      return (await session.getMe()).permissions;
    },
    async canAccess({ resource, action }) {
      return isAllowed((await session.getMe()).permissions, resource, action);
    },
  };
}
