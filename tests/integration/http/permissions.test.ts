import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS, RESOURCES } from '../../../src/features.ts';
import { type Permission, permissionsOf, ROLES } from '../../../src/platform/auth/permissions.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { listRoutes } from '../../support/http-routes.ts';
import { buildRows, idByResource } from '../../support/http-rows.ts';

let api: TestApi;
let ids: Record<string, string>;
const tokens = new Map<string, string>();

beforeAll(async () => {
  api = await startTestApi();
  ids = idByResource(await buildRows(api.db, 'one', api.businessId));
  const admin = await api.login();
  for (const role of ROLES) {
    const body = { username: `the-${role}`, password: 'long-enough-1', role };
    await api.request('POST', '/api/users', { token: admin, body });
    tokens.set(role, await api.login(body.username, body.password));
  }
});
afterAll(() => api.stop());

interface Entry {
  route: string;
  method: string;
  path: string;
  needs: Permission | null;
}

/** Every route behind a login and the permission that it needs, from the declarations. */
function buildMatrix(): Entry[] {
  const entry = (method: string, path: string, needs: Permission | null): Entry => ({
    route: `${method.toLowerCase()} ${path.replace(':id', '{id}')}`,
    method: method.toUpperCase(),
    path,
    needs,
  });
  const ofResources = RESOURCES.flatMap(({ name, permissions, create, update, guardDelete }) => {
    const [list, one] = [`/api/${name}`, `/api/${name}/:id`];
    const write = permissions.write === undefined ? permissions.read : permissions.write;
    return [
      entry('GET', list, permissions.read),
      entry('GET', one, permissions.read),
      ...(create ? [entry('POST', list, permissions.create ?? write)] : []),
      ...(update ? [entry('PUT', one, write), entry('PATCH', one, write)] : []),
      ...(guardDelete ? [entry('DELETE', one, write)] : []),
    ];
  });
  const ofActions = ACTIONS.map(({ method, path, permission }) => entry(method, path, permission));
  return [...ofResources, ...ofActions, entry('GET', '/api/health/parts', 'view-conversations')];
}

const MATRIX = buildMatrix();

/** An id that is nobody's, so that trying to write changes nothing: whoever may gets a 404 or 400. */
const NOBODY = '01900000-0000-7000-8000-000000000000';

function pathOf({ method, path }: Entry): string {
  const name = path.split('/')[2] ?? '';
  const isRead = method === 'GET';
  return path.replace(':id', isRead ? (ids[name] ?? NOBODY) : NOBODY);
}

function ask(entry: Entry, token: string | null) {
  const body = entry.method === 'GET' || entry.method === 'DELETE' ? {} : { body: { noSuchField: 1 } };
  return api.request(entry.method, pathOf(entry), { token, ...body });
}

describe('the permission matrix', () => {
  it('knows every route behind the login', () => {
    const open =
      /^\w+ \/(auth\/|healthz|readyz|api\/health$|health-check|running|docs|redoc|openapi|metrics|media\/|$|\{)/;
    const guarded = listRoutes(api.app).filter((route) => !open.test(route));
    expect(guarded).toEqual(MATRIX.map(({ route }) => route).sort());
  });

  it.each(MATRIX.map((entry) => [entry.route, entry] as const))('%s is closed without a login', async (_, entry) => {
    expect((await ask(entry, null)).status).toBe(401);
    expect((await ask(entry, 'not.a.token')).status).toBe(401);
  });

  it.each(ROLES.flatMap((role) => MATRIX.map((entry) => [role, entry.route, entry] as const)))(
    '%s: %s is open or closed as the role says',
    async (role, _route, entry) => {
      const isAllowed = entry.needs === null || permissionsOf(role).includes(entry.needs);
      const answer = await ask(entry, tokens.get(role) as string);
      if (!isAllowed) {
        expect(answer.status).toBe(403);
        expect(answer.body.message).toContain(entry.needs);
        return;
      }
      // A resource without a permission shows everyone their own rows, and the row of the test is another's.
      const isShown = RESOURCES.some(({ name }) => entry.path.startsWith(`/api/${name}`)) && entry.needs !== null;
      const isPlainRead = entry.method === 'GET' && isShown;
      // 415: an upload whose body is no file is refused for that, once the role has let it in.
      expect(isPlainRead ? [200] : [200, 201, 400, 404, 409, 415, 503]).toContain(answer.status);
    },
  );

  it('gives each role more than the one below it', () => {
    const sizes = ['viewer', 'operator', 'supervisor', 'admin'].map((role) => permissionsOf(role).length);
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
    expect(permissionsOf('viewer').every((permission) => permission.startsWith('view-'))).toBe(true);
    expect(permissionsOf('root')).toEqual([]);
  });
});
