export type FieldType = 'uuid' | 'string' | 'integer' | 'date' | 'boolean';

/** A field that a list can be filtered or sorted by. */
export interface Field {
  type: FieldType;
  /** Where it lives, when not in a column of the same name: a relation and its column. */
  path: readonly string[] | null;
  /** Null may be asked for, and sorts last. */
  nullable: boolean;
  sortable: boolean;
  filterable: boolean;
  /** For a closed set of words: any other is refused, so that a typing error is not an empty list. */
  values: readonly string[] | null;
  /** Through a to-many relation: the filter asks whether some row of it matches. */
  some: boolean;
  /** For a yes or no that is no column: the conditions under which it is so. */
  means: ((value: boolean) => Record<string, unknown>) | null;
  /** A number whose column has 64 bits, not 32. */
  wide: boolean;
}

type Options = Partial<Omit<Field, 'type'>>;

function field(type: FieldType, options: Options = {}): Field {
  const base = {
    path: null,
    nullable: false,
    sortable: true,
    filterable: true,
    values: null,
    some: false,
    means: null,
    wide: false,
  };
  return { type, ...base, ...options };
}

export const uuidField = (options?: Options) => field('uuid', options);
export const textField = (options?: Options) => field('string', options);
export const wordField = (values: readonly string[], options?: Options) => field('string', { values, ...options });
export const integerField = (options?: Options) => field('integer', options);
export const dateField = (options?: Options) => field('date', options);
export const booleanField = (options?: Options) => field('boolean', options);
/** A yes or no that follows from other columns. Lists cannot be sorted by it. */
export const derivedField = (means: (value: boolean) => Record<string, unknown>) =>
  field('boolean', { means, sortable: false });

export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Thrown text becomes the message for that filter. */
export class FieldValueError extends Error {}

export const MAX_TEXT = 200;

/** The numbers that a filter of the field may name: those that its column and JSON both know. */
export function rangeOf({ wide }: Field): { minimum: number; maximum: number } {
  return wide
    ? { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }
    : { minimum: -2_147_483_648, maximum: 2_147_483_647 };
}

function refuse(message: string): never {
  throw new FieldValueError(message);
}

/** A JSON value as a value of the field. Throws FieldValueError. */
export function readFieldValue(field: Field, value: unknown): string | number | boolean | Date | null {
  if (value === null) return field.nullable ? null : refuse('Must not be null.');
  switch (field.type) {
    case 'uuid':
      return typeof value === 'string' && UUID_PATTERN.test(value) ? value.toLowerCase() : refuse('Must be an id.');
    case 'boolean':
      if (value === 'true' || value === 'false') return value === 'true';
      return typeof value === 'boolean' ? value : refuse('Must be true or false.');
    case 'integer': {
      const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
      const { minimum, maximum } = rangeOf(field);
      if (typeof number !== 'number' || !Number.isInteger(number)) return refuse('Must be a whole number.');
      return number >= minimum && number <= maximum ? number : refuse('Is out of range.');
    }
    case 'date':
      return readDate(value);
    case 'string':
      return readText(field, value);
  }
}

function readDate(value: unknown): Date {
  const date =
    typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) && value.length < 40 ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime()) ? date : refuse('Must be a date, like 2026-11-21T10:00:00Z.');
}

function readText(field: Field, value: unknown): string {
  if (typeof value !== 'string' || value.length > MAX_TEXT || value.includes('\0')) return refuse('Must be a text.');
  if (field.values && !field.values.includes(value)) return refuse(`Must be one of: ${field.values.join(', ')}.`);
  return value;
}
