import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { loginSchema, passwordChangeSchema, refreshSchema } from '../auth/auth.route.ts';
import type { Feature } from '../feature.ts';
import type { AnyAction } from './actions/action.ts';
import { addHealth, addMetrics } from './openapi-endpoints.ts';
import { listParameters } from './openapi-list.ts';
import { bodyProblems, idParams, json, jsonBody, needs, openProblems, problems, SECURITY } from './openapi-parts.ts';
import type { AnyResource } from './resources/resource.ts';

function addReading(registry: OpenAPIRegistry, resource: AnyResource): void {
  const { name, summary, record, permissions } = resource;
  const common = { tags: [name], security: SECURITY, description: needs(permissions.read) };
  registry.registerPath({
    ...common,
    method: 'get',
    path: `/api/${name}`,
    summary,
    parameters: listParameters(resource),
    responses: {
      200: {
        description: 'One page; Content-Range and X-Total-Count tell the total.',
        content: { ...json(z.array(record)).content, 'text/csv': { schema: z.string() } },
      },
      ...problems(400),
    },
  });
  registry.registerPath({
    ...common,
    method: 'get',
    path: `/api/${name}/{id}`,
    request: { params: idParams },
    responses: { 200: { description: 'The record.', ...json(record) }, ...problems(404) },
  });
}

function addWriting(registry: OpenAPIRegistry, resource: AnyResource): void {
  const { name, record, permissions } = resource;
  const one = `/api/${name}/{id}`;
  const write = needs(permissions.write === undefined ? permissions.read : permissions.write);
  const common = { tags: [name], security: SECURITY, description: write };
  if (resource.create) {
    const { schema, shownOnce } = resource.create;
    const creating = resource.permissions.create ? needs(resource.permissions.create) : write;
    const made = shownOnce ? record.extend(shownOnce.shape) : record;
    registry.registerPath({
      ...common,
      description: creating,
      method: 'post',
      path: `/api/${name}`,
      request: { body: jsonBody(schema) },
      responses: { 201: { description: 'The new record.', ...json(made) }, ...bodyProblems(409) },
    });
  }
  for (const method of resource.update ? (['put', 'patch'] as const) : []) {
    registry.registerPath({
      ...common,
      method,
      path: one,
      description: `${write} Only what changes need be given; what cannot change may be repeated.`,
      request: { params: idParams, body: jsonBody((resource.update?.schema ?? z.object({})).partial().strict()) },
      responses: { 200: { description: 'The record as it is now.', ...json(record) }, ...bodyProblems(404, 409, 412) },
    });
  }
  if (resource.guardDelete) {
    registry.registerPath({
      ...common,
      method: 'delete',
      path: one,
      request: { params: idParams },
      responses: { 200: { description: 'The record as it was.', ...json(record) }, ...problems(404, 409) },
    });
  }
}

function addAction(registry: OpenAPIRegistry, action: AnyAction<never>): void {
  const { method, path, summary, permission, body, query, upload, status, response } = action;
  registry.registerPath({
    method,
    path: path.replace(':id', '{id}'),
    tags: ['actions'],
    summary,
    description: needs(permission),
    security: SECURITY,
    request: {
      ...(path.includes(':id') ? { params: idParams } : {}),
      ...(body ? { body: { required: !body.safeParse({}).success, ...json(body) } } : {}),
      ...(upload ? { body: fileBody(upload.field) } : {}),
      ...(query ? { query: query as z.ZodObject } : {}),
    },
    responses: {
      [status]: { description: 'Done.', ...json(response) },
      ...bodyProblems(404, 409, 422, 502),
    },
  });
}

const FILE = { type: 'string', format: 'binary' } as const;

/** A file as the whole body, or as one field of a form. */
function fileBody(field: string | undefined) {
  if (field === undefined) return { required: true, content: { 'application/octet-stream': { schema: FILE } } };
  const schema = { type: 'object' as const, properties: { [field]: FILE }, required: [field] };
  return { required: true, content: { 'multipart/form-data': { schema } } };
}

const tokens = z.object({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.int(),
  refresh_token: z.string().optional(),
});

function addAuth(registry: OpenAPIRegistry): void {
  const tags = ['auth'];
  const granted = { 200: { description: 'Tokens.', ...json(tokens) }, ...openProblems(401, 403, 429, 503) };
  const login = { body: jsonBody(loginSchema) };
  const refresh = { body: json(refreshSchema) };
  registry.registerPath({ method: 'post', path: '/auth/login', tags, request: login, responses: granted });
  for (const path of ['/auth/refresh', '/auth/refresh-tokens'])
    registry.registerPath({ method: 'post', path, tags, request: refresh, responses: granted });
  const ended = { 200: { description: 'Logged out.', ...json(z.object({ ok: z.boolean() })) } };
  const left = { ...ended, ...openProblems(401, 403, 503) };
  registry.registerPath({ method: 'post', path: '/auth/logout', tags, request: refresh, responses: left });
  const change = { body: jsonBody(passwordChangeSchema) };
  const changed = {
    200: { description: 'Changed; the other logins have ended.', ...json(z.object({ ok: z.boolean() })) },
  };
  registry.registerPath({
    method: 'post',
    path: '/auth/password',
    tags,
    security: SECURITY,
    request: change,
    responses: { ...changed, ...bodyProblems(429) },
  });
  const me = z.object({
    id: z.string(),
    username: z.string(),
    role: z.string(),
    permissions: z.array(z.string()),
    mustChangePassword: z.boolean(),
  });
  const known = { 200: { description: 'Who asks.', ...json(me) }, ...problems() };
  registry.registerPath({ method: 'get', path: '/auth/me', tags, security: SECURITY, responses: known });
}

/** The OpenAPI 3.1 document, made from the same declarations that are served. */
export function buildOpenApi(
  features: readonly Feature<never>[],
  { publicBaseUrl, hasMetrics }: { publicBaseUrl: string; hasMetrics: boolean },
): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' });
  registry.registerComponent('securitySchemes', 'apiKey', { type: 'apiKey', in: 'header', name: 'X-API-Key' });
  addAuth(registry);
  for (const { describeApi } of features) describeApi?.(registry);
  addHealth(registry);
  if (hasMetrics) addMetrics(registry);
  for (const { resources = [], actions = [] } of features) {
    for (const resource of resources) {
      addReading(registry, resource);
      addWriting(registry, resource);
    }
    for (const action of actions) addAction(registry, action);
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Peyk', version: '1', description: 'Durable conversations for businesses.' },
    servers: [{ url: publicBaseUrl }],
  });
}
