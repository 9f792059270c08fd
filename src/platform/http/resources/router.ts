import { type Request, type Response, Router } from 'express';
import { appendAudit } from '../../audit/audit-store.ts';
import { demand, principalOf } from '../../auth/authenticate.ts';
import type { Principal } from '../../auth/principal.ts';
import type { Queries } from '../../database/client.ts';
import { ConflictError, InvalidInputError, NotFoundError } from '../../errors.ts';
import { HttpProblem, refuseMethod } from '../problem.ts';
import { readInput } from '../validate.ts';
import { entryOf } from './audited.ts';
import { toCsv } from './csv.ts';
import { UUID_PATTERN } from './field.ts';
import { readListQuery } from './list-query.ts';
import type { AnyResource, ChangeContext, Data, ResourceDeps } from './resource.ts';
import { type Conditions, createRow, deleteRow, findRow, listRows, type Tenant, updateRow } from './resource-store.ts';

/** The id in the address; anything that is none of ours is simply not there. */
export function readId(request: Request): string {
  const { id } = request.params;
  if (typeof id !== 'string' || !UUID_PATTERN.test(id)) throw new NotFoundError('There is nothing of that name here.');
  return id.toLowerCase();
}

function missing(): never {
  throw new NotFoundError('There is nothing of that name here.');
}

/** The version of a record: its time of change. */
function versionOf(record: Record<string, unknown>): string | null {
  return typeof record.updatedAt === 'string' ? `"${record.updatedAt}"` : null;
}

/** Serves all resources by the contract of ra-data-simple-rest. Mount it at the root, behind `requirePrincipal`. */
export function createResourceRouter(resources: readonly AnyResource[], deps: ResourceDeps): Router {
  const router = Router();
  for (const resource of resources) serve(router, resource, deps);
  return router;
}

function serve(router: Router, resource: AnyResource, deps: ResourceDeps): void {
  const { name, permissions } = resource;
  const { db, presentContext } = deps;
  const list = `/api/${name}`;
  const one = `/api/${name}/:id`;
  const write = permissions.write ?? permissions.read;

  router.get(list, async (request: Request, response: Response) => {
    const principal = principalOf(request);
    demand(principal, permissions.read);
    const query = readListQuery(resource, request.query);
    const where = { AND: [narrowingOf(resource, principal, deps), query.where] };
    const { rows, total } = await listRows(db, resource, tenantOf(resource, principal), { ...query, where });
    const last = rows.length > 0 ? query.start + rows.length - 1 : query.start;
    response.set({ 'Content-Range': `${name} ${query.start}-${last}/${total}`, 'X-Total-Count': String(total) });
    const records = rows.map((row) => withoutGuarded(resource, resource.present(row, presentContext), principal));
    response.vary('Accept');
    if (request.accepts(['application/json', 'text/csv']) !== 'text/csv') response.json(records);
    else response.attachment(`${name}.csv`).send(toCsv(Object.keys(resource.record.shape), records));
  });

  router.get(one, async (request: Request, response: Response) => {
    const principal = principalOf(request);
    demand(principal, permissions.read);
    const narrowing = narrowingOf(resource, principal, deps);
    const row = (await findRow(db, resource, tenantOf(resource, principal), readId(request), narrowing)) ?? missing();
    sendRecord(response, withoutGuarded(resource, resource.present(row, presentContext), principal));
  });

  if (resource.create) {
    router.post(list, async (request: Request, response: Response) => {
      demand(principalOf(request), permissions.create ?? write);
      sendRecord(response.status(201), await create(resource, deps, request));
    });
  }
  if (resource.update) {
    const change = async (request: Request, response: Response) => {
      demand(principalOf(request), write);
      sendRecord(response, await update(resource, deps, request));
    };
    // react-admin puts; both take parts of a record.
    router.put(one, change);
    router.patch(one, change);
  }
  if (resource.guardDelete) {
    router.delete(one, async (request: Request, response: Response) => {
      demand(principalOf(request), write);
      response.json(await remove(resource, deps, request));
    });
  }
  router.all(list, refuseMethod(['GET', 'HEAD', ...(resource.create ? ['POST'] : [])]));
  const changes = [...(resource.update ? ['PUT', 'PATCH'] : []), ...(resource.guardDelete ? ['DELETE'] : [])];
  router.all(one, refuseMethod(['GET', 'HEAD', ...changes]));
}

function withoutGuarded(
  { guarded = {} }: AnyResource,
  record: Record<string, unknown>,
  { permissions }: Principal,
): Record<string, unknown> {
  const hidden = Object.entries(guarded).filter(([, permission]) => !permissions.has(permission));
  return { ...record, ...Object.fromEntries(hidden.map(([field]) => [field, null])) };
}

/** Other businesses' rows are out in any case; this takes out those of ours that the caller has no business with. */
function narrowingOf(resource: AnyResource, principal: Principal, { clock }: ResourceDeps): Conditions {
  return resource.restrict?.(principal, new Date(clock())) ?? {};
}

/** People of the installation reach further where the resource says so. */
function tenantOf({ installationReach }: AnyResource, { businessId, permissions }: Principal): Tenant {
  const reaches = installationReach && permissions.has('manage-installation');
  return reaches ? { businessId, reach: installationReach } : { businessId };
}

function sendRecord(response: Response, record: Record<string, unknown>): void {
  const version = versionOf(record);
  if (version) response.set('ETag', version);
  response.json(record);
}

async function create(resource: AnyResource, deps: ResourceDeps, request: Request) {
  const { create: rules, name } = resource;
  if (!rules) throw new Error(`${name} cannot be created.`);
  const principal = principalOf(request);
  const input = readInput(rules.schema, request.body) as Data;
  return deps.db.$transaction(async (tx) => {
    const once: Data = {};
    const context = changeContext(tx, principal, deps, once);
    const businessId = (await rules.businessOf?.(input, context)) ?? principal.businessId;
    const row = await createRow(tx, resource, businessId, await rules.toData(input, { ...context, businessId }));
    const record = resource.present(row, deps.presentContext);
    await appendAudit(tx, { ...entryOf(resource, row, principal, 'create'), after: record });
    return { ...record, ...once };
  });
}

function changeContext(db: Queries, principal: Principal, deps: ResourceDeps, once: Data = {}): ChangeContext {
  const { businessId } = principal;
  const showOnce = (fields: Data) => void Object.assign(once, fields);
  return { db, principal, businessId, now: new Date(deps.clock()), keyRing: deps.keyRing, showOnce };
}

/**
 * Sorts a PUT body into changes and repetitions. react-admin sends the whole record back, so a field that cannot be
 * changed is accepted as long as it says what the record says; an old `updatedAt` means that the form is stale.
 */
function readChanges(resource: AnyResource, body: unknown, record: Record<string, unknown>): Data {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidInputError('The body must be an object.');
  }
  const writable = resource.update?.schema.shape ?? {};
  const changes = new Map<string, unknown>();
  for (const [key, value] of Object.entries(body)) {
    const repeats = Object.hasOwn(record, key) && JSON.stringify(record[key]) === JSON.stringify(value);
    if (repeats) continue;
    if (key === 'updatedAt' && Object.hasOwn(record, key)) {
      throw new ConflictError('Somebody changed this in the meantime. Load it again.');
    }
    if (Object.hasOwn(record, key) && !Object.hasOwn(writable, key)) {
      throw new InvalidInputError(`The field ${key} cannot be changed.`, { [key]: 'This field cannot be changed.' });
    }
    changes.set(key, value);
  }
  return readInput(resource.update?.schema.partial().strict() as never, Object.fromEntries(changes)) as Data;
}

async function update(resource: AnyResource, deps: ResourceDeps, request: Request) {
  const { model } = resource;
  const principal = principalOf(request);
  const tenant = tenantOf(resource, principal);
  const id = readId(request);
  const narrowing = narrowingOf(resource, principal, deps);
  return deps.db.$transaction(async (tx) => {
    const row = (await findRow(tx, resource, tenant, id, narrowing)) ?? missing();
    const before = resource.present(row, deps.presentContext);
    const expected = request.headers['if-match'];
    if (expected !== undefined && expected !== '*' && expected.replace(/^W\//, '') !== versionOf(before)) {
      throw new HttpProblem(412, 'Somebody changed this in the meantime. Load it again.');
    }
    const input = readChanges(resource, request.body, before);
    if (Object.keys(input).length === 0) return before;
    const context = changeContext(tx, principal, deps);
    const data = resource.update?.toData ? await resource.update.toData(input, row, context) : input;
    const seen = row as unknown as { id: string; updatedAt: Date };
    if (!(await updateRow(tx, model, tenant, seen, data))) {
      throw new ConflictError('Somebody changed this in the meantime. Load it again.');
    }
    const changed = (await findRow(tx, resource, tenant, id)) ?? missing();
    const after = resource.present(changed, deps.presentContext);
    await appendAudit(tx, { ...entryOf(resource, changed, principal, 'update'), before, after });
    return after;
  });
}

async function remove(resource: AnyResource, deps: ResourceDeps, request: Request) {
  const { model } = resource;
  const principal = principalOf(request);
  const tenant = tenantOf(resource, principal);
  const id = readId(request);
  const narrowing = narrowingOf(resource, principal, deps);
  return deps.db.$transaction(async (tx) => {
    const row = (await findRow(tx, resource, tenant, id, narrowing)) ?? missing();
    const context = changeContext(tx, principal, deps);
    await resource.guardDelete?.(row, context);
    const before = resource.present(row, deps.presentContext);
    if (resource.erase) await resource.erase(row, context);
    else if (!(await deleteRow(tx, model, tenant, id))) missing();
    await appendAudit(tx, { ...entryOf(resource, row, principal, 'delete'), before });
    return before;
  });
}
