import { InvalidInputError } from '../../errors.ts';
import { QUERY_ALIASES } from '../aliases.ts';
import { MAX_VALUES, readConditions, type Searchable } from './conditions.ts';
import type { ListInput } from './resource-store.ts';

const MAX_PAGE = 1000;
const DEFAULT_PAGE = 100;
/** Postgres reads and throws away all rows before the page; nobody pages by hand this deep. */
const MAX_OFFSET = 10_000_000;

export interface Sortable extends Searchable {
  defaultSort: readonly [field: string, order: 'ASC' | 'DESC'];
}

export interface ListQuery extends ListInput {
  /** Index of the first row, for Content-Range. */
  start: number;
}

type Query = Readonly<Record<string, unknown>>;
const KNOWN = new Set(['sort', 'range', 'filter', 'embed']);

/**
 * Reads `sort`, `range` and `filter` as ra-data-simple-rest writes them. Any other parameter is a filter on its own
 * (`?contact_id=…`), in snake or camel case.
 * Throws InvalidInputError with one message for each thing that is wrong.
 */
export function readListQuery(resource: Sortable, query: Query): ListQuery {
  const faults = new Map<string, string>();
  const filter = { ...readPlainFilters(query), ...readFilter(query.filter, faults) };
  const where = readConditions(resource, filter, faults);
  const orderBy = readSort(resource, query.sort, faults);
  const range = readRange(query.range, filter, faults);
  if (faults.size > 0) {
    const message = [...faults].map(([name, fault]) => `${name}: ${fault}`).slice(0, 5);
    throw new InvalidInputError(message.join(' '), Object.fromEntries(faults));
  }
  return { where, orderBy, start: range.start, skip: range.start, take: range.take };
}

/** The parsed JSON of a parameter; undefined when absent, null (and a fault) when unreadable. */
function readJson(name: string, value: unknown, faults: Map<string, string>): unknown {
  if (value === undefined || value === '') return undefined;
  try {
    if (typeof value === 'string') return JSON.parse(value) as unknown;
  } catch {
    // Falls through to the fault, like a parameter given twice.
  }
  faults.set(name, 'Must be JSON, given once.');
  return null;
}

function readPlainFilters(query: Query): Record<string, unknown> {
  const filters: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(query)) {
    if (KNOWN.has(key)) continue;
    const camel = key.replace(/_(?!(?:gte|lte|gt|lt|neq|q)$)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    filters[Object.hasOwn(QUERY_ALIASES, key) ? (QUERY_ALIASES[key] as string) : camel] = value;
  }
  return filters;
}

function readFilter(value: unknown, faults: Map<string, string>): Record<string, unknown> {
  const filter = readJson('filter', value, faults);
  if (filter === undefined || filter === null) return {};
  if (typeof filter === 'object' && !Array.isArray(filter)) return filter as Record<string, unknown>;
  faults.set('filter', 'Must be an object.');
  return {};
}

function readSort(resource: Sortable, value: unknown, faults: Map<string, string>): Record<string, unknown>[] {
  const sort = readJson('sort', value, faults) ?? resource.defaultSort;
  const isPair =
    Array.isArray(sort) && sort.length === 2 && typeof sort[0] === 'string' && /^(asc|desc)$/i.test(sort[1]);
  if (!isPair) {
    faults.set('sort', 'Must be a pair like ["createdAt","DESC"].');
    return [];
  }
  const [name, order] = [sort[0] as string, (sort[1] as string).toLowerCase()];
  const field = Object.hasOwn(resource.fields, name) ? resource.fields[name] : undefined;
  if (!field?.sortable || field.some) {
    faults.set('sort', 'There is no such field to sort by.');
    return [];
  }
  if (name === 'id') return [{ id: order }];
  const direction = field.nullable && !field.path ? { sort: order, nulls: 'last' } : order;
  const path = field.path ?? [name];
  const primary = path.reduceRight<unknown>((inner, part) => ({ [part]: inner }), direction) as Record<string, unknown>;
  // Equal values would otherwise come in any order, and a row could show on two pages or none.
  return [primary, { id: 'asc' }];
}

function readRange(
  value: unknown,
  filter: Record<string, unknown>,
  faults: Map<string, string>,
): { start: number; take: number } {
  const range = readJson('range', value, faults);
  // `getMany` names ids and no range: all of them are the page.
  if (range === undefined) return { start: 0, take: Array.isArray(filter.id) ? MAX_VALUES : DEFAULT_PAGE };
  const isPair =
    Array.isArray(range) && range.length === 2 && range.every((end) => Number.isSafeInteger(end) && end >= 0);
  const [start, end] = isPair ? (range as [number, number]) : [0, -1];
  if (end < start || start > MAX_OFFSET) {
    if (range !== null) faults.set('range', 'Must be [first, last], two whole numbers from 0 up, in this order.');
    return { start: 0, take: 0 };
  }
  if (end - start + 1 > MAX_PAGE) faults.set('range', `At most ${MAX_PAGE} rows at once.`);
  return { start, take: end - start + 1 };
}
