import { PASSWORD } from './panel-stack.ts';

/** The API beside a panel, asked as its first admin. Both throw for an answer that is none. */
export interface PanelApi {
  post(path: string, body: object): Promise<void>;
  list<T>(resource: string, filter: object): Promise<T[]>;
}

/** Logs in once, with the first request. */
export function openPanelApi(url: string): PanelApi {
  let headers: Promise<Record<string, string>> | null = null;
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    headers ??= logIn(url);
    const response = await fetch(url + path, { ...init, headers: await headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response;
  };
  return {
    post: async (path, body) => {
      await ask(path, { method: 'POST', body: JSON.stringify(body) });
    },
    list: async <T>(resource: string, filter: object) => {
      const query = new URLSearchParams({ filter: JSON.stringify(filter) });
      return (await (await ask(`/api/${resource}?${query}`)).json()) as T[];
    },
  };
}

async function logIn(url: string): Promise<Record<string, string>> {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ username: 'admin', password: PASSWORD });
  const response = await fetch(`${url}/auth/login`, { method: 'POST', headers: json, body });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return { ...json, authorization: `Bearer ${token}` };
}
