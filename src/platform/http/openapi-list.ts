import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { MAX_SEARCH_CHARACTERS, maxValuesOf } from './resources/conditions.ts';
import { type Field, MAX_TEXT, rangeOf } from './resources/field.ts';
import type { AnyResource } from './resources/resource.ts';

/** A schema as it stands in the document. */
type JsonSchema = Readonly<Record<string, unknown>>;
type Parameters = NonNullable<RouteConfig['parameters']>;

const UUID: JsonSchema = { type: 'string', format: 'uuid' };
const WITHOUT_NUL = '^[^\\u0000]*$';

function schemaOfValue(field: Field): JsonSchema {
  switch (field.type) {
    case 'uuid':
      return UUID;
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', ...rangeOf(field) };
    case 'date':
      return { type: 'string', format: 'date-time' };
    case 'string':
      return field.values
        ? { type: 'string', enum: [...field.values] }
        : { type: 'string', maxLength: MAX_TEXT, pattern: WITHOUT_NUL };
  }
}

/** One value, or a list of which any fits. */
function schemaOfValues(field: Field): JsonSchema {
  const value = schemaOfValue(field);
  if (field.type === 'boolean') return value;
  const list: JsonSchema = { type: 'array', items: value, maxItems: maxValuesOf(field) };
  return { anyOf: [value, list, ...(field.nullable ? [{ type: 'null' }] : [])] };
}

/** The properties of `filter`: fields, and fields with an operator behind them. */
function filterProperties(fields: AnyResource['fields']): Record<string, JsonSchema> {
  const properties: Record<string, JsonSchema> = { q: { type: 'string', maxLength: MAX_SEARCH_CHARACTERS } };
  for (const [name, field] of Object.entries(fields)) {
    if (!field.filterable) continue;
    properties[name] = schemaOfValues(field);
    properties[`${name}_neq`] = schemaOfValues(field);
    if (field.type === 'date' || field.type === 'integer') {
      for (const operator of ['gte', 'lte', 'gt', 'lt']) properties[`${name}_${operator}`] = schemaOfValue(field);
    }
    if (field.type === 'string' && !field.values) properties[`${name}_q`] = schemaOfValue(field);
  }
  return properties;
}

function parameter(name: string, description: string, schema: JsonSchema) {
  return { name, in: 'query', description, content: { 'application/json': { schema } } };
}

/** `sort`, `range` and `filter` of a list: JSON in the query string, as ra-data-simple-rest writes it. */
export function listParameters({ fields }: AnyResource): Parameters {
  const sortable = Object.keys(fields).filter((key) => fields[key]?.sortable && !fields[key]?.some);
  const sort: JsonSchema = {
    type: 'array',
    prefixItems: [
      { type: 'string', enum: sortable },
      { type: 'string', enum: ['ASC', 'DESC'] },
    ],
    items: { type: 'string' },
    minItems: 2,
    maxItems: 2,
  };
  const index: JsonSchema = { type: 'integer', minimum: 0, maximum: 999 };
  const range: JsonSchema = { type: 'array', items: index, minItems: 2, maxItems: 2 };
  const filter: JsonSchema = {
    type: 'object',
    properties: filterProperties(fields),
    additionalProperties: false,
  };
  return [
    parameter('sort', 'The field and the order.', sort),
    parameter('range', 'The first and the last row, both counted from 0 and included, at most 1000 at once.', range),
    parameter('filter', 'All of it must fit; `q` searches, in every spelling.', filter),
  ] as Parameters;
}
