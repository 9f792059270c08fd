import { normaliseText, toLatinDigits } from '../../../text/persian.ts';
import { type Field, FieldValueError, readFieldValue, UUID_PATTERN } from './field.ts';
import type { Conditions } from './resource-store.ts';
import { spellingsOf } from './search-spellings.ts';

/** At most so many ids (or other values) in one filter: what `getMany` may ask for. */
export const MAX_VALUES = 500;
/** Texts are longer than ids, and all of a filter must fit into an address. */
const MAX_TEXTS = 100;
export const MAX_SEARCH_CHARACTERS = 200;

const OPERATORS = { gte: 'gte', lte: 'lte', gt: 'gt', lt: 'lt', neq: 'not', q: 'contains' } as const;
type Operator = keyof typeof OPERATORS;

/** What a list may be asked by. */
export interface Searchable {
  fields: Readonly<Record<string, Field>>;
  /** Paths that `q` looks into, in every spelling that people type. */
  search: readonly (readonly string[])[];
  /** Paths of columns that hold `normaliseText` of others: one comparison finds every spelling. */
  foldedSearch?: readonly (readonly string[])[];
  /** Paths of whole numbers that people know things by: found as themselves, whatever their digits. */
  numberSearch?: readonly (readonly string[])[];
  /** Paths of phones in E.164: found by their digits, whole or begun, as people dial and group them. */
  phoneSearch?: readonly (readonly string[])[];
}

/** `createdAt_gte` is the field `createdAt` and the operator `gte`; a field's own name wins over that reading. */
function splitKey(fields: Searchable['fields'], key: string): { field: Field; operator: Operator | null } | null {
  if (Object.hasOwn(fields, key)) return { field: fields[key] as Field, operator: null };
  const match = /^(\w+)_(gte|lte|gt|lt|neq|q)$/.exec(key);
  if (!match?.[1] || !Object.hasOwn(fields, match[1])) return null;
  return { field: fields[match[1]] as Field, operator: match[2] as Operator };
}

/** `%`, `_` and `\` mean themselves in a search. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** `{conversation: {contactId: condition}}` for a path. */
function nest(path: readonly string[], condition: unknown): Conditions {
  return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), condition) as Conditions;
}

function place(key: string, field: Field, condition: unknown): Conditions {
  if (!field.path) return { [key]: condition };
  const [relation, ...rest] = field.path;
  return field.some ? { [relation as string]: { some: nest(rest, condition) } } : nest(field.path, condition);
}

/** How many values one filter of this field may name. */
export function maxValuesOf({ type, values }: Field): number {
  return type === 'string' && !values ? MAX_TEXTS : MAX_VALUES;
}

function compare(field: Field, operator: Operator | null, value: unknown): unknown {
  /** Null can be equal or not, and nothing else. */
  const present = { ...field, nullable: false };
  // Of yes and no a list makes no sense, and the database client has none.
  if (field.type === 'boolean' && Array.isArray(value)) throw new FieldValueError('Must be one value.');
  if (operator === null) {
    if (!Array.isArray(value)) return readFieldValue(field, value);
    if (value.length > maxValuesOf(field)) throw new FieldValueError(`At most ${maxValuesOf(field)} values.`);
    return { in: value.map((item) => readFieldValue(present, item)) };
  }
  if (operator === 'q') {
    if (field.type !== 'string' || field.values) throw new FieldValueError('Cannot be searched in.');
    return {
      contains: escapeLike(readFieldValue(present, value) as string),
      mode: 'insensitive',
    };
  }
  if (operator === 'neq') {
    if (!Array.isArray(value)) return { not: readFieldValue(field, value) };
    if (value.length > maxValuesOf(field)) throw new FieldValueError(`At most ${maxValuesOf(field)} values.`);
    return { notIn: value.map((item) => readFieldValue(present, item)) };
  }
  if (field.type !== 'date' && field.type !== 'integer') throw new FieldValueError('Has no order.');
  return { [OPERATORS[operator]]: readFieldValue(present, value) };
}

/** Rows where the answer is one of those that were asked for, or none of them. */
function deriveConditions(field: Field, operator: Operator | null, value: unknown): Conditions {
  if (operator !== null && operator !== 'neq') throw new FieldValueError('Has no order.');
  const given = (Array.isArray(value) ? value : [value]).map((item) => readFieldValue(field, item));
  const wanted = [true, false].filter((answer) => given.includes(answer) === (operator === null));
  return { OR: wanted.map((answer) => field.means?.(answer) ?? {}) };
}

/** Text search over the declared paths; an id is also found as itself. */
const LARGEST_NUMBER = 2_147_483_647;
/** Fewer digits would be in almost every phone. */
const SHORTEST_PHONE = 4;

/** `#1001` and «۱۰۰۱» as a number that a column may hold; null for anything else. */
function numberIn(text: string): number | null {
  const digits = /^#?(\d{1,10})$/.exec(toLatinDigits(text))?.[1];
  return digits !== undefined && Number(digits) <= LARGEST_NUMBER ? Number(digits) : null;
}

/** The digits of a phone as E.164 has them, without what is dialled before: a zero, or zeros for abroad. Null for other texts. */
function phoneDigitsIn(text: string): string | null {
  const latin = toLatinDigits(text);
  if (!/^\+?[\d\s()./-]+$/.test(latin)) return null;
  const digits = latin.replace(/\D/g, '').replace(/^0{1,2}/, '');
  return digits.length >= SHORTEST_PHONE ? digits : null;
}

function searchFor(searchable: Searchable, value: unknown): Conditions {
  const { search, foldedSearch = [], numberSearch = [], phoneSearch = [] } = searchable;
  if (typeof value !== 'string' || value.length > MAX_SEARCH_CHARACTERS) {
    throw new FieldValueError(`Must be a text of at most ${MAX_SEARCH_CHARACTERS} characters.`);
  }
  const text = value.replaceAll('\0', '').trim();
  if (text === '') return {};
  const spellings = spellingsOf(text).map((spelling) => ({ contains: escapeLike(spelling), mode: 'insensitive' }));
  const byText = search.flatMap((path) => spellings.map((condition) => nest(path, condition)));
  // A half-space is kept as a space; others write the two parts as one word.
  const folded = new Set([normaliseText(text), normaliseText(text.replaceAll('\u200c', ''))]);
  // What folds to nothing would be in every row.
  folded.delete('');
  for (const form of folded) byText.push(...foldedSearch.map((path) => nest(path, { contains: escapeLike(form) })));
  const number = numberIn(text);
  if (number !== null) byText.push(...numberSearch.map((path) => nest(path, number)));
  const phone = phoneDigitsIn(text);
  if (phone !== null) byText.push(...phoneSearch.map((path) => nest(path, { contains: phone })));
  return { OR: UUID_PATTERN.test(text) ? [...byText, { id: text.toLowerCase() }] : byText };
}

/**
 * A filter in react-admin's form as conditions. Unknown fields and unfit values are collected in `faults`, never
 * ignored: an ignored filter under a bulk action would hit every row.
 */
export function readConditions(
  searchable: Searchable,
  filter: Readonly<Record<string, unknown>>,
  faults: Map<string, string>,
): Conditions {
  const conditions: Conditions[] = [];
  for (const [key, value] of Object.entries(filter)) {
    try {
      if (key === 'q') {
        conditions.push(searchFor(searchable, value));
        continue;
      }
      const split = splitKey(searchable.fields, key);
      if (!split?.field.filterable) throw new FieldValueError('There is no such filter.');
      const name = split.operator === null ? key : key.slice(0, -split.operator.length - 1);
      conditions.push(
        split.field.means
          ? deriveConditions(split.field, split.operator, value)
          : place(name, split.field, compare(split.field, split.operator, value)),
      );
    } catch (error) {
      if (!(error instanceof FieldValueError)) throw error;
      faults.set(`filter.${key.slice(0, 100)}`, error.message);
    }
  }
  return { AND: conditions };
}
