import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { AnyAction } from './actions/action.ts';
import { loginSchema, refreshSchema } from './auth/auth.route.ts';
import type { AnyResource } from './resources/resource.ts';

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  message: z.string(),
  errors: z.record(z.string(), z.string()).optional(),
});

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request is not valid; `errors` names the fields.',
  401: 'Not logged in, or no valid key.',
  403: 'A permission is missing.',
  404: 'There is nothing of that name in this business.',
  409: 'The state of the thing, or somebody else, forbids it.',
  429: 'Too often; see Retry-After.',
  503: 'A part is down; see Retry-After.',
};

function json(schema: z.ZodType) {
  return { content: { 'application/json': { schema } } };
}

function problems(...statuses: number[]): Record<number, ResponseConfig> {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: PROBLEMS[status] ?? '', content: { 'application/problem+json': { schema: problem } } },
    ]),
  );
}

const SECURITY: Record<string, string[]>[] = [{ bearer: [] }, { apiKey: [] }];
const idParams = z.object({ id: z.uuid() });
const listQuery = z.object({
  sort: z.string().optional().describe('["field","ASC"]'),
  range: z.string().optional().describe('[first,last], both counted from 0 and included'),
  filter: z.string().optional().describe('{"field":value}; suffixes _gte _lte _gt _lt _neq _q; q searches'),
});

function addResource(registry: OpenAPIRegistry, resource: AnyResource): void {
  const { name, summary, record, permissions, fields } = resource;
  const list = `/api/${name}`;
  const one = `${list}/{id}`;
  const tags = [name];
  const common = { tags, security: SECURITY };
  const write = `Needs ${permissions.write ?? permissions.read}.`;
  const filters = Object.keys(fields).filter((key) => fields[key]?.filterable);
  const sorts = Object.keys(fields).filter((key) => fields[key]?.sortable);

  registry.registerPath({
    ...common,
    method: 'get',
    path: list,
    summary,
    description: `Needs ${permissions.read}. Filters: q, ${filters.join(', ')}. Sort: ${sorts.join(', ')}.`,
    request: { query: listQuery },
    responses: {
      200: { description: 'One page; Content-Range and X-Total-Count tell the total.', ...json(z.array(record)) },
      ...problems(400, 401, 403, 503),
    },
  });
  const found = { 200: { description: 'The record.', ...json(record) } };
  const description = `Needs ${permissions.read}.`;
  const alone = { ...common, path: one, request: { params: idParams } };
  registry.registerPath({
    ...alone,
    method: 'get',
    description,
    responses: { ...found, ...problems(401, 403, 404, 503) },
  });
  if (resource.create) {
    registry.registerPath({
      ...common,
      method: 'post',
      path: list,
      description: write,
      request: { body: json(resource.create.schema) },
      responses: { 201: { description: 'The new record.', ...json(record) }, ...problems(400, 401, 403, 409, 503) },
    });
  }
  if (resource.update) {
    registry.registerPath({
      ...common,
      method: 'put',
      path: one,
      description: `${write} Only what changes need be given; what cannot change may be repeated.`,
      request: { params: idParams, body: json(resource.update.schema.partial()) },
      responses: { ...found, ...problems(400, 401, 403, 404, 409, 503) },
    });
  }
  if (resource.guardDelete) {
    registry.registerPath({
      ...alone,
      method: 'delete',
      description: write,
      responses: {
        200: { description: 'The record as it was.', ...json(record) },
        ...problems(401, 403, 404, 409, 503),
      },
    });
  }
}

function addAction(registry: OpenAPIRegistry, action: AnyAction): void {
  const { method, path, summary, permission, body, query, status, response } = action;
  registry.registerPath({
    method,
    path: path.replace(':id', '{id}'),
    tags: ['actions'],
    summary,
    description: `Needs ${permission}.`,
    security: SECURITY,
    request: {
      ...(path.includes(':id') ? { params: idParams } : {}),
      ...(body ? { body: json(body) } : {}),
      ...(query ? { query: query as z.ZodObject } : {}),
    },
    responses: { [status]: { description: 'Done.', ...json(response) }, ...problems(400, 401, 403, 404, 409, 503) },
  });
}

const tokens = z.object({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.int(),
  refresh_token: z.string().optional(),
});

function addAuth(registry: OpenAPIRegistry): void {
  const tags = ['auth'];
  const granted = { 200: { description: 'Tokens.', ...json(tokens) }, ...problems(400, 401, 429, 503) };
  const login = { body: json(loginSchema) };
  const refresh = { body: json(refreshSchema) };
  registry.registerPath({ method: 'post', path: '/auth/login', tags, request: login, responses: granted });
  registry.registerPath({ method: 'post', path: '/auth/refresh', tags, request: refresh, responses: granted });
  const ended = { 200: { description: 'Logged out.', ...json(z.object({ ok: z.boolean() })) } };
  registry.registerPath({ method: 'post', path: '/auth/logout', tags, request: refresh, responses: ended });
  const me = z.object({ id: z.string(), username: z.string(), role: z.string(), permissions: z.array(z.string()) });
  const known = { 200: { description: 'Who asks.', ...json(me) }, ...problems(401) };
  registry.registerPath({ method: 'get', path: '/auth/me', tags, security: SECURITY, responses: known });
}

/** The OpenAPI 3.1 document, made from the same declarations that are served. */
export function buildOpenApi(
  resources: readonly AnyResource[],
  actions: readonly AnyAction[],
  publicBaseUrl: string,
): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'apiKey', in: 'header', name: 'X-API-Key' });
  addAuth(registry);
  for (const resource of resources) addResource(registry, resource);
  for (const action of actions) addAction(registry, action);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Peyk', version: '1', description: 'Durable conversations for businesses.' },
    servers: [{ url: publicBaseUrl }],
  });
}
