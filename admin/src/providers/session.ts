/** What `/auth/me` says about the person at the screen. */
export interface Me {
  id: string;
  username: string;
  role: string;
  permissions: string[];
}

export type RefreshOutcome = 'ok' | 'signed-out' | 'unreachable';

export interface SessionDeps {
  fetch: typeof fetch;
  /**
   * Runs one at a time over all tabs of this browser. The refresh cookie is shared by the tabs and changes with each
   * use: two refreshes at once would look like a stolen token and end the login.
   */
  withLock: <T>(run: () => Promise<T>) => Promise<T>;
}

/** A sign-in that the server refused; `message` is the server's own sentence. */
export class SignInError extends Error {
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.name = 'SignInError';
    this.status = status;
  }
}

export type Session = ReturnType<typeof createSession>;

/** The login of this tab. The access token lives in memory only; the refresh token in a cookie that no script can read. */
export function createSession({ fetch, withLock }: SessionDeps) {
  let accessToken: string | null = null;
  let me: Promise<Me> | null = null;
  let refreshing: Promise<RefreshOutcome> | null = null;

  function post(path: string, body: object): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', ...authorization() };
    return fetch(path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin' });
  }

  function authorization(): Record<string, string> {
    return accessToken ? { Authorization: `Bearer ${accessToken}` } : {};
  }

  function forget(): void {
    accessToken = null;
    me = null;
  }

  async function readToken(response: Response): Promise<void> {
    const body = (await response.json()) as { access_token: string };
    accessToken = body.access_token;
  }

  async function requestRefresh(): Promise<RefreshOutcome> {
    try {
      const response = await post('/auth/refresh', {});
      if (response.ok) {
        await readToken(response);
        return 'ok';
      }
      // A server in trouble does not end a login; only its word that the token is no good does.
      if (response.status >= 500 || response.status === 429) return 'unreachable';
    } catch {
      return 'unreachable';
    }
    forget();
    return 'signed-out';
  }

  /** Gets a new access token. Callers that come while one is under way share it. Never rejects. */
  function refresh(): Promise<RefreshOutcome> {
    refreshing ??= withLock(requestRefresh).finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  async function requestMe(): Promise<Me> {
    if (!accessToken) await refresh();
    let response = await fetch('/auth/me', { headers: authorization() });
    if (response.status === 401 && (await refresh()) === 'ok') {
      response = await fetch('/auth/me', { headers: authorization() });
    }
    if (!response.ok) throw new SignInError(response.statusText, response.status);
    return (await response.json()) as Me;
  }

  return {
    authorization,
    refresh,
    isSignedIn: () => accessToken !== null,
    /** Throws SignInError when name or password are wrong, or too many attempts were made. */
    async signIn(username: string, password: string): Promise<void> {
      const response = await post('/auth/login', { username, password, cookie: true });
      if (!response.ok) {
        const problem = (await response.json().catch(() => ({}))) as { message?: string };
        throw new SignInError(problem.message ?? response.statusText, response.status);
      }
      forget();
      await readToken(response);
    },
    /** Always forgets the login here, also when the server cannot be told. */
    async signOut(): Promise<void> {
      try {
        if (accessToken) await post('/auth/logout', {});
      } catch {
        // The access token dies by itself within minutes; nobody at this screen has it any more.
      } finally {
        forget();
      }
    },
    /** Asked once for each sign-in, and kept: every menu entry and button wants to know. */
    getMe(): Promise<Me> {
      me ??= requestMe().catch((error: unknown) => {
        me = null;
        throw error;
      });
      return me;
    },
  };
}
