import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../../src/platform/auth/passwords.ts';
import { ADMIN_API_KEY, startTestApi, type TestApi } from '../../support/http-api.ts';

const PASSWORD = 'long-enough-password';

let api: TestApi;
let installer: string;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  const passwordHash = await hashPassword(PASSWORD);
  const data = { businessId: api.businessId, username: 'shop-admin', passwordHash, role: 'admin' };
  await api.db.user.create({ data });
  installer = await api.login();
  admin = await api.login('shop-admin', PASSWORD);
});
afterAll(() => api.stop());

const make = (body: object, token = installer) => api.request('POST', '/api/businesses', { token, body });
const idsSeenBy = async (token: string) =>
  (await api.request<{ id: string }[]>('GET', '/api/businesses?range=[0,99]', { token })).body.map(({ id }) => id);

describe('businesses', () => {
  it('are made by people of the installation, who see all of them', async () => {
    const answer = await make({ name: 'گل‌فروشی مریم' });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toMatchObject({ name: 'گل‌فروشی مریم', slug: expect.stringMatching(/^shop-[0-9a-f]{6}$/) });
    expect((await make({ name: 'Books & more', slug: 'books' })).body.slug).toBe('books');
    expect((await make({ name: 'Books & more' })).body.slug).toMatch(/^books-more-[0-9a-f]{6}$/);
    const byKey = await api.request('POST', '/api/businesses', { apiKey: ADMIN_API_KEY, body: { name: 'By key' } });
    expect(byKey.status).toBe(201);
    expect(await idsSeenBy(installer)).toEqual(expect.arrayContaining([api.businessId, byKey.body.id]));
    const path = `/api/businesses/${answer.body.id}`;
    const changed = await api.request('PATCH', path, { token: installer, body: { name: 'Maryam' } });
    expect(changed.body.name).toBe('Maryam');
  });

  it('are made by nobody else, who sees the own one alone', async () => {
    const { id } = (await make({ name: 'Hidden' })).body;
    expect((await make({ name: 'Mine' }, admin)).status).toBe(403);
    expect(await idsSeenBy(admin)).toEqual([api.businessId]);
    expect((await api.request('GET', `/api/businesses/${id}`, { token: admin })).status).toBe(404);
    const patch = await api.request('PATCH', `/api/businesses/${id}`, { token: admin, body: { name: 'x' } });
    expect(patch.status).toBe(404);
  });

  it.each([{ name: '' }, { name: 'x', slug: 'Not A Slug' }, { name: 'x', id: 'y' }, {}])('refuse %o', async (body) => {
    expect((await make(body)).status).toBe(400);
  });

  it('have a slug each', async () => {
    expect((await make({ name: 'One', slug: 'one' })).status).toBe(201);
    expect((await make({ name: 'Another', slug: 'one' })).status).toBe(409);
  });
});

describe('users of another business', () => {
  it('are made by people of the installation and work in that business alone', async () => {
    const { id: businessId } = (await make({ name: 'Second' })).body;
    const body = { username: 'second-admin', password: PASSWORD, role: 'admin', businessId };
    const made = await api.request('POST', '/api/users', { token: installer, body });
    expect(made.status, made.text).toBe(201);
    expect(made.body).toMatchObject({ role: 'admin', isInstallation: false });
    const token = await api.login('second-admin', PASSWORD);
    expect(await idsSeenBy(token)).toEqual([businessId]);
    const me = await api.request<{ permissions: string[] }>('GET', '/auth/me', { token });
    expect(me.body.permissions).not.toContain('manage-installation');
  });

  it('are made by nobody else, nor for a business that there is not', async () => {
    const { id: businessId } = (await make({ name: 'Third' })).body;
    const body = { username: 'third-admin', password: PASSWORD, role: 'admin', businessId };
    expect((await api.request('POST', '/api/users', { token: admin, body })).status).toBe(403);
    const nowhere = { ...body, businessId: '01900000-0000-7000-8000-000000000000' };
    expect((await api.request('POST', '/api/users', { token: installer, body: nowhere })).status).toBe(400);
  });
});

describe('a person who runs the installation', () => {
  it('says so at login', async () => {
    const me = await api.request<{ permissions: string[] }>('GET', '/auth/me', { token: installer });
    expect(me.body.permissions).toContain('manage-installation');
  });

  it('gets no new password from an admin of the same shop, nor is switched off or deleted by one', async () => {
    const { id } = await api.db.user.findFirstOrThrow({ where: { username: 'admin' } });
    for (const body of [{ password: 'another-long-password' }, { active: false }, { role: 'viewer' }])
      expect((await api.request('PATCH', `/api/users/${id}`, { token: admin, body })).status).toBe(403);
    expect((await api.request('DELETE', `/api/users/${id}`, { token: admin })).status).toBe(403);
  });

  it('lends that right to a key, which an admin of a shop cannot', async () => {
    const body = { name: 'installer', scopes: ['manage-installation'] };
    expect((await api.request('POST', '/api/api-keys', { token: admin, body })).status).toBe(403);
    const { key } = (await api.request('POST', '/api/api-keys', { token: installer, body })).body;
    const made = await api.request('POST', '/api/businesses', { apiKey: key as string, body: { name: 'By a key' } });
    expect(made.status).toBe(201);
  });

  it('sees deliveries that belong to nobody, which others do not', async () => {
    const { id } = await api.db.inboundDelivery.create({
      data: { channel: 'directam', state: 'quarantined', reason: 'unreadable', body: 'lost words' },
    });
    const path = `/api/inbound-deliveries/${id}`;
    expect((await api.request('GET', path, { token: installer })).body).toMatchObject({ id, businessId: null });
    expect((await api.request('GET', path, { token: admin })).status).toBe(404);
    expect((await api.request('GET', '/api/inbound-deliveries', { token: admin })).text).not.toContain('lost words');
  });
});
