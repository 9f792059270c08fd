import { describe, expect, it } from 'vitest';
import { createAuthProvider } from '../../../../admin/src/providers/auth-provider.ts';
import { createSession, SignInError } from '../../../../admin/src/providers/session.ts';

type Answer = { status?: number; body?: object } | Error;

/** A server that gives its answers by path, one after another, and notes what was asked. */
function buildServer(answers: Record<string, Answer[]>) {
  const asked: { path: string; authorization: string | null }[] = [];
  const fetch = async (path: string, init: RequestInit = {}) => {
    asked.push({ path, authorization: new Headers(init.headers).get('authorization') });
    const answer = answers[path]?.shift() ?? new Error(`nobody answers ${path}`);
    if (answer instanceof Error) throw answer;
    return Response.json(answer.body ?? {}, { status: answer.status ?? 200 });
  };
  const session = createSession({ fetch: fetch as typeof globalThis.fetch, withLock: (run) => run() });
  return { session, asked };
}

const token = (value: string): Answer => ({ body: { access_token: value } });
const ME: Answer = { body: { id: 'u', username: 'admin', role: 'admin', permissions: ['view-logs'] } };

describe('createSession', () => {
  it('signs in and carries the token from then on', async () => {
    const { session } = buildServer({ '/auth/login': [token('t1')] });
    await session.signIn('admin', 'right');
    expect(session.authorization()).toEqual({ Authorization: 'Bearer t1' });
  });

  it('tells the words of a server that refuses, and stays signed out', async () => {
    const { session } = buildServer({ '/auth/login': [{ status: 401, body: { message: 'Wrong password.' } }] });
    await expect(session.signIn('admin', 'wrong')).rejects.toEqual(new SignInError('Wrong password.', 401));
    expect(session.isSignedIn()).toBe(false);
  });

  it('asks once for a new token, however many callers need it', async () => {
    const { session, asked } = buildServer({ '/auth/refresh': [token('t2')] });
    expect(await Promise.all([session.refresh(), session.refresh(), session.refresh()])).toEqual(['ok', 'ok', 'ok']);
    expect(asked).toHaveLength(1);
  });

  it('asks again when the next token is due', async () => {
    const { session } = buildServer({ '/auth/refresh': [token('t2'), token('t3')] });
    await session.refresh();
    await session.refresh();
    expect(session.authorization()).toEqual({ Authorization: 'Bearer t3' });
  });

  it('ends the login when the server refuses to renew it', async () => {
    const { session } = buildServer({ '/auth/login': [token('t1')], '/auth/refresh': [{ status: 401 }] });
    await session.signIn('admin', 'right');
    expect(await session.refresh()).toBe('signed-out');
    expect(session.isSignedIn()).toBe(false);
  });

  it.each<[string, Answer]>([
    ['cannot be reached', new TypeError('Failed to fetch')],
    ['is in trouble', { status: 503 }],
    ['is too busy', { status: 429 }],
  ])('keeps the login when the server %s', async (_name, answer) => {
    const { session } = buildServer({ '/auth/login': [token('t1')], '/auth/refresh': [answer] });
    await session.signIn('admin', 'right');
    expect(await session.refresh()).toBe('unreachable');
    expect(session.isSignedIn()).toBe(true);
  });

  it('forgets the login here even when the server cannot be told', async () => {
    const { session } = buildServer({ '/auth/login': [token('t1')], '/auth/logout': [new TypeError('offline')] });
    await session.signIn('admin', 'right');
    await session.signOut();
    expect(session.isSignedIn()).toBe(false);
  });

  it('asks once who is signed in, with a fresh token when the old one ran out', async () => {
    const { session, asked } = buildServer({
      '/auth/login': [token('t1')],
      '/auth/me': [{ status: 401 }, ME],
      '/auth/refresh': [token('t2')],
    });
    await session.signIn('admin', 'right');
    expect((await session.getMe()).permissions).toEqual(['view-logs']);
    await session.getMe();
    expect(asked.filter(({ path }) => path === '/auth/me').map(({ authorization }) => authorization)).toEqual([
      'Bearer t1',
      'Bearer t2',
    ]);
  });

  it('asks anew after a failure', async () => {
    const { session } = buildServer({ '/auth/me': [new TypeError('offline'), ME] });
    await expect(session.getMe()).rejects.toThrow('offline');
    expect((await session.getMe()).username).toBe('admin');
  });
});

describe('createAuthProvider', () => {
  it('ends the login on a 401, and not on a 403', async () => {
    const provider = createAuthProvider(buildServer({}).session);
    await expect(provider.checkError({ status: 401 })).rejects.toThrow();
    await expect(provider.checkError({ status: 403 })).resolves.toBeUndefined();
    await expect(provider.checkError({ status: 0 })).resolves.toBeUndefined();
  });

  it('asks for the password only when the server says that the login is over', async () => {
    const over = createAuthProvider(buildServer({ '/auth/refresh': [{ status: 401 }] }).session);
    await expect(over.checkAuth({})).rejects.toThrow();
    const offline = createAuthProvider(buildServer({ '/auth/refresh': [new TypeError('offline')] }).session);
    await expect(offline.checkAuth({})).resolves.toBeUndefined();
  });

  it('explains in our words why a sign-in failed', async () => {
    const signIn = (answer: Answer) =>
      createAuthProvider(buildServer({ '/auth/login': [answer] }).session).login({ username: 'a', password: 'b' });
    await expect(signIn({ status: 401 })).rejects.toThrow('ra.auth.sign_in_error');
    await expect(signIn({ status: 429 })).rejects.toThrow('peyk.errors.too_many_sign_ins');
    await expect(signIn({ status: 503 })).rejects.toThrow('peyk.errors.unavailable');
    await expect(signIn(new TypeError('offline'))).rejects.toThrow('peyk.errors.network');
  });
});
