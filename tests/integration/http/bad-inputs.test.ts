import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, RESOURCES } from '../../../src/features.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

// Logins, tokens, refreshing and keys have their bad inputs in auth.test.ts; webhooks and the live feed in their own.

let api: TestApi;
let token: string;
let rows: Rows;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  rows = await buildRows(api.db, 'one', api.businessId);
});
afterAll(() => api.stop());

const post = (body: unknown, path = '/api/faqs') => api.request('POST', path, { token, body });

/** No internal detail, and no fault of ours in the log. */
function expectPlain(answer: { text: string; status: number }): void {
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toMatch(/prisma|invocation|node_modules|syntax error|stack/i);
}

describe('a body', () => {
  it('that is too large is 413', async () => {
    const answer = await post({ question: 'q', answer: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
    expectPlain(answer);
  });

  it('that is nested ten thousand deep, no JSON, or no object is 400', async () => {
    const deep = `{"question":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    for (const body of [deep, '{"question":', '[]', '"text"', '1', 'null']) {
      const answer = await post(body);
      expect(answer.status, body.slice(0, 20)).toBe(400);
      expectPlain(answer);
    }
  });

  it('cannot reach the prototype of anything', async () => {
    for (const body of [
      '{"__proto__":{"polluted":true},"question":"q","answer":"a"}',
      '{"constructor":{"prototype":{"polluted":true}}}',
    ]) {
      expectPlain(await post(body));
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('that gives a field twice counts once, by its last value', async () => {
    const answer = await post('{"question":"first","question":"second","answer":"a"}');
    expect([answer.status, answer.body.question]).toEqual([201, 'second']);
  });

  it('in another encoding or of another type is refused', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'zstd9' };
    const encoded = await api.request('POST', '/api/faqs', { token, body: '{}', headers });
    expect(encoded.status).toBe(415);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await api.request('POST', '/api/faqs', { token, body: 'question=q', headers: form })).status).toBe(400);
  });
});

/** What the server answers to raw bytes until it hangs up; rejects when the connection is reset. */
function sendRaw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', (part) => (answer += part.toString('latin1')));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('an address or header', () => {
  it('that is too long is 431, which its sender gets to read although there is more on the way', async () => {
    const address = 'a'.repeat(3_000_000);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => sendRaw(`GET /api/faqs?${address} HTTP/1.1\r\nHost: x\r\n\r\n`)),
    );
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 431 .*\r\n(?:.+\r\n)*\r\n$/);
  });

  it('that is no HTTP is 400', async () => {
    expect(await sendRaw('HELO shop\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const twice = 'Content-Length: 1\r\nContent-Length: 2\r\n';
    expect(await sendRaw(`POST /webhook HTTP/1.1\r\nHost: x\r\n${twice}\r\nab`)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a text', () => {
  it('with markup, scripts or turned-around names is kept as text, and answered as JSON that nobody sniffs', async () => {
    const text = '<img src=x onerror=alert(1)> javascript:alert(1) \u202egnp.exe';
    const made = await post({ question: text, answer: text });
    expect(made.body.question).toBe(text);
    const shown = await api.request('GET', `/api/faqs/${made.body.id}`, { token });
    expect(shown.headers.get('content-type')).toContain('application/json');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('with NUL is 400 wherever it may be given, with a lone surrogate never a fault', async () => {
    const nul = 'a\0b';
    expect((await post({ question: nul, answer: 'a' })).status).toBe(400);
    for (const [path, body] of [
      [`/api/tickets/${rows.ticketId}`, { note: nul }],
      [`/api/accounts/${rows.accountId}`, { name: nul }],
      [`/api/businesses/${api.businessId}`, { prompt: nul }],
    ] as const) {
      expect((await api.request('PATCH', path, { token, body })).status, path).toBe(400);
    }
    expectPlain(await post({ question: 'half \ud800', answer: 'a' }));
    expect((await post({ name: nul, scopes: ['view-logs'] }, '/api/api-keys')).status).toBe(400);
  });
});

describe('the address of a shop', () => {
  it.each(['', 'shop', 'http://', 'https://a b', 'ftp://shop.example', 'https://me:secret@shop.example', '\ud800'])(
    'is no %j',
    async (url) => {
      const answer = await post({ kind: 'torob', url }, '/api/catalog-sources');
      expect(answer.status).toBe(400);
      expect(Object.keys((answer.body as { errors: object }).errors)).toEqual(['url']);
    },
  );
});

describe('an id', () => {
  const BAD = [
    '..%2f..%2fx',
    '%00',
    'not-an-id',
    'x'.repeat(10_000),
    '%E0%A4%A',
    "1'--",
    '01900000-0000-7000-8000-00000000000g',
  ];

  it.each(RESOURCES.map(({ name }) => name))('that is none is 404 or 400 at /api/%s', async (name) => {
    for (const id of BAD) {
      const answer = await api.request('GET', `/api/${name}/${id}`, { token });
      expect([400, 404]).toContain(answer.status);
      expectPlain(answer);
    }
  });

  it.each(ACTIONS.filter(({ path }) => path.includes(':id')).map(({ method, path }) => [method, path] as const))(
    'that is none is 404 or 400 for %s %s',
    async (method, path) => {
      for (const id of BAD) {
        const body = method === 'get' ? {} : { body: {} };
        const answer = await api.request(method.toUpperCase(), path.replace(':id', id), { token, ...body });
        expect([400, 404]).toContain(answer.status);
        expectPlain(answer);
      }
    },
  );
});

describe('a list', () => {
  const json = (value: unknown) => encodeURIComponent(JSON.stringify(value));

  it.each(RESOURCES.map((resource) => [resource.name, resource] as const))(
    'of /api/%s takes every declared filter and order, and nothing else',
    async (name, { fields }) => {
      const get = (query: string) => api.request('GET', `/api/${name}?${query}`, { token });
      for (const [key, field] of Object.entries(fields)) {
        if (field.sortable && !field.some) expect((await get(`sort=${json([key, 'DESC'])}`)).status, key).toBe(200);
        const values = {
          uuid: rows.faqId,
          string: field.values?.[0] ?? 'x',
          integer: 1,
          date: '2026-01-01',
          boolean: true,
        };
        const filters: Record<string, unknown>[] = [
          { [key]: values[field.type] },
          { [`${key}_neq`]: values[field.type] },
        ];
        if (field.type === 'date' || field.type === 'integer') filters.push({ [`${key}_gte`]: values[field.type] });
        if (field.nullable) filters.push({ [key]: null }, { [`${key}_neq`]: null });
        for (const filter of field.filterable ? filters : []) {
          expect((await get(`filter=${json(filter)}`)).status, JSON.stringify(filter)).toBe(200);
        }
        const unfit = [{ [`${key}_q`]: null }, { [`${key}_gt`]: null }, { [key]: {} }, { [`${key}_neq`]: [{}] }];
        for (const filter of unfit)
          expect((await get(`filter=${json(filter)}`)).status, JSON.stringify(filter)).toBe(400);
      }
      expect((await get(`filter=${json({ q: 'x' })}`)).status).toBe(200);
      for (const query of [
        `filter=${json({ noSuch: 1 })}`,
        `sort=${json(['noSuch', 'ASC'])}`,
        'range=[0,1e9]',
        'range=[5,1]',
      ]) {
        expect((await get(query)).status, query).toBe(400);
      }
    },
  );

  it('refuses numbers and times that the database has no room for', async () => {
    for (const filter of [
      { attempts: 9_007_199_254_740_991 },
      { createdAt_gte: '-271821-04-20' },
      { createdAt_lt: '9999-99-99' },
    ]) {
      const answer = await api.request('GET', `/api/outbound-messages?filter=${json(filter)}`, { token });
      expect(answer.status, JSON.stringify(filter)).toBe(400);
      expectPlain(answer);
    }
    const dear = `/api/products?filter=${json({ price_gt: 9_007_199_254_740_991 })}`;
    expect((await api.request('GET', dear, { token })).status).toBe(200);
    expect((await api.request('GET', dear.replace('740991', '740992'), { token })).status).toBe(400);
  });

  it('leaves as a table when it is asked for one, without cells that a spreadsheet would run', async () => {
    await post({ question: '=HYPERLINK("http://evil.example")', answer: 'سلام' });
    const path = `/api/faqs?filter=${json({ question_q: 'HYPERLINK' })}`;
    const answer = await api.request('GET', path, { token, headers: { accept: 'text/csv' } });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=faqs.csv');
    expect(answer.text).toContain(`"'=HYPERLINK(`);
    expect(answer.text).toContain('سلام');
    expect(answer.headers.get('content-range')).toBe('faqs 0-0/1');
    expect((await api.request('GET', path, { token })).headers.get('content-type')).toContain('application/json');
    expect((await api.request('GET', path, { headers: { accept: 'text/csv' } })).status).toBe(401);
  });
});
