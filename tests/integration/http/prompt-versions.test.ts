import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadReplyContext } from '../../../src/replies/context-store.ts';
import { savePromptFiles } from '../../../src/replies/prompts/prompt-file-store.ts';
import { listPromptFiles } from '../../../src/replies/prompts/prompt-files.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';

let api: TestApi;
let token: string;
let conversationId: string;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  await savePromptFiles(api.db, listPromptFiles());
  const of = { businessId: api.businessId };
  const account = await api.db.account.create({ data: { ...of, channel: 'simulator', externalId: 'shop' } });
  const inAccount = { ...of, accountId: account.id };
  const contact = await api.db.contact.create({ data: { ...inAccount, externalId: 'c' } });
  const data = { ...inAccount, contactId: contact.id, channel: 'simulator' };
  conversationId = (await api.db.conversation.create({ data })).id;
});
afterAll(() => api.stop());

const template = (mark: string) => `${mark} {{businessPrompt}} {{maxReplyCharacters}} {{canary}}`;

async function draft(mark: string, basedOn = 'v2') {
  const body = { basedOn, fa: template(`${mark} فا`), en: template(mark), note: mark };
  const made = await api.request<{ id: string; version: string }>('POST', '/api/prompt-versions', { token, body });
  expect(made.status).toBe(201);
  return made.body;
}
const act = (id: string, action: string) =>
  api.request('POST', `/api/prompt-versions/${id}/${action}`, { token, body: {} });
const inUse = async () => (await loadReplyContext(api.db, conversationId, []))?.shopPrompt ?? null;

describe('prompt versions', () => {
  it('are drafts first, are published, followed by another, brought back and withdrawn', async () => {
    const first = await draft('first');
    const second = await draft('second', first.version);
    expect(second.version).not.toBe(first.version);
    expect(await inUse()).toBeNull();

    expect(await act(first.id, 'publish')).toMatchObject({ status: 200, body: { state: 'published' } });
    expect(await inUse()).toEqual({ version: first.version, fa: template('first فا'), en: template('first') });
    expect((await act(first.id, 'publish')).status).toBe(409);

    await act(second.id, 'publish');
    expect(await inUse()).toMatchObject({ version: second.version });
    const retired = await api.request('GET', `/api/prompt-versions/${first.id}`, { token });
    expect(retired.body).toMatchObject({ state: 'retired' });

    await act(first.id, 'publish');
    expect(await inUse()).toMatchObject({ version: first.version });
    expect((await act(first.id, 'withdraw')).status).toBe(200);
    expect(await inUse()).toBeNull();
    expect((await act(first.id, 'withdraw')).status).toBe(409);
    const where = { resource: 'prompt-versions', action: { in: ['publish', 'withdraw'] } };
    expect(await api.db.auditLog.count({ where })).toBe(4);
  });

  it('can be edited while they are drafts, and never after', async () => {
    const { id } = await draft('editable');
    const one = `/api/prompt-versions/${id}`;
    const body = { en: template('edited') };
    expect(await api.request('PUT', one, { token, body })).toMatchObject({ status: 200, body });
    expect((await api.request('PUT', one, { token, body: { en: 'no variables' } })).status).toBe(400);
    await act(id, 'publish');
    expect((await api.request('PUT', one, { token, body: { en: template('again') } })).status).toBe(409);
    expect((await api.request('DELETE', one, { token })).status).toBe(409);
    await act(id, 'withdraw');
    expect((await api.request('PUT', one, { token, body: { en: template('again') } })).status).toBe(409);
    const other = await draft('deletable');
    expect((await api.request('DELETE', `/api/prompt-versions/${other.id}`, { token })).status).toBe(200);
  });

  it('are refused with the language that is wrong, or the version that there is not', async () => {
    const good = { basedOn: 'v2', fa: template('a'), en: template('a') };
    const post = (change: object) =>
      api.request('POST', '/api/prompt-versions', { token, body: { ...good, ...change } });
    const lost = await post({ fa: template('a').replace('{{canary}}', '') });
    expect(lost).toMatchObject({ status: 400, body: { errors: { fa: expect.stringContaining('{{canary}}') } } });
    const closed = template('a');
    for (const broken of [`${closed} {{#businessName}}`, `${closed} {{customerPhone}}`, closed + 'x'.repeat(1_000_000)])
      expect((await post({ en: broken })).status).toBeGreaterThanOrEqual(400);
    expect((await post({ en: `${closed} {{customerPhone}}` })).body).toMatchObject({
      errors: { en: expect.any(String) },
    });
    expect(await post({ basedOn: 'v99' })).toMatchObject({
      status: 400,
      body: { errors: { basedOn: expect.any(String) } },
    });
    expect((await post({ basedOn: 'latest' })).status).toBe(400);
    expect((await post({ name: 'repair' })).status).toBe(400);
    expect((await post({ state: 'published' })).status).toBe(400);
  });
});
