import type { Queries } from '../../database/client.ts';
import { rememberTotal } from './list-totals.ts';
import type { OwnedModel, RowOf, RowSource } from './row-source.ts';

/** Conditions in Prisma's form. Built only from declared fields, never from a caller's own keys. */
export type Conditions = Record<string, unknown>;

export interface ListInput {
  where: Conditions;
  orderBy: Record<string, unknown>[];
  skip: number;
  take: number;
}

/** The part of a Prisma delegate that the generic resources use; the same for every model. */
interface Delegate {
  findMany(input: object): Promise<unknown[]>;
  findFirst(input: object): Promise<unknown>;
  count(input: object): Promise<number>;
  create(input: object): Promise<unknown>;
  updateMany(input: object): Promise<{ count: number }>;
  deleteMany(input: object): Promise<{ count: number }>;
}

function delegateOf(db: Queries, model: OwnedModel): Delegate {
  return db[model] as unknown as Delegate;
}

/**
 * Whose rows a caller reaches: a business's own. People of the installation reach more of the few resources that say so:
 * every business's rows, or those of none.
 */
export interface Tenant {
  businessId: string;
  reach?: Reach;
}

export type Reach = 'every-business' | 'no-business';

/** The one place where a resource is held to its tenant. A business sees itself; everything else carries its id. */
function scopeOf(model: OwnedModel, { businessId, reach }: Tenant): Conditions {
  if (reach === 'every-business') return {};
  if (reach === 'no-business') return { OR: [{ businessId }, { businessId: null }] };
  return model === 'business' ? { id: businessId } : { businessId };
}

function withInclude({ include }: { include?: unknown }): object {
  return include ? { include } : {};
}

/** One page and the number of all rows that match: two statements. */
export async function listRows<M extends OwnedModel, I = undefined>(
  db: Queries,
  source: RowSource<M, I>,
  tenant: Tenant,
  { where, orderBy, skip, take }: ListInput,
): Promise<{ rows: RowOf<M, I>[]; total: number }> {
  const { model } = source;
  const scoped = { AND: [scopeOf(model, tenant), where] };
  const delegate = delegateOf(db, model);
  const [rows, total] = await Promise.all([
    delegate.findMany({ where: scoped, orderBy, skip, take, ...withInclude(source) }),
    rememberTotal(db, `${model} ${JSON.stringify(scoped)}`, () => delegate.count({ where: scoped })),
  ]);
  return { rows: rows as RowOf<M, I>[], total };
}

/** Null when no row of that id belongs to the business, or none that `narrowing` allows. */
export async function findRow<M extends OwnedModel, I = undefined>(
  db: Queries,
  source: RowSource<M, I>,
  tenant: Tenant,
  id: string,
  narrowing: Conditions = {},
): Promise<RowOf<M, I> | null> {
  const where = { AND: [scopeOf(source.model, tenant), narrowing, { id }] };
  return (await delegateOf(db, source.model).findFirst({ where, ...withInclude(source) })) as RowOf<M, I> | null;
}

/** Creates a row of the business; `data` cannot name another one. */
export async function createRow<M extends OwnedModel, I = undefined>(
  db: Queries,
  source: RowSource<M, I>,
  businessId: string,
  data: Record<string, unknown>,
): Promise<RowOf<M, I>> {
  // A business carries no id but its own.
  const owned = source.model === 'business' ? data : { ...data, businessId };
  const row = await delegateOf(db, source.model).create({ data: owned, ...withInclude(source) });
  return row as RowOf<M, I>;
}

/**
 * Changes a row as long as it is still the version that the caller has seen.
 * Resolves to false when another change came first (or the row is gone).
 */
export async function updateRow(
  db: Queries,
  model: OwnedModel,
  tenant: Tenant,
  seen: { id: string; updatedAt: Date },
  data: Record<string, unknown>,
): Promise<boolean> {
  const where = { AND: [scopeOf(model, tenant), { id: seen.id, updatedAt: seen.updatedAt }] };
  const { count } = await delegateOf(db, model).updateMany({ where, data });
  return count === 1;
}

/** Resolves to false when there was nothing to delete. */
export async function deleteRow(db: Queries, model: OwnedModel, tenant: Tenant, id: string): Promise<boolean> {
  const { count } = await delegateOf(db, model).deleteMany({ where: { AND: [scopeOf(model, tenant), { id }] } });
  return count === 1;
}
