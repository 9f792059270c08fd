import { normaliseText } from '../../text/persian.ts';
import { ATTRIBUTE_LIMITS, type FoundAttribute, type VariantOption } from './attribute.ts';
import { attributeKey, attributeName, hasSeveralValues, isOptionName } from './attribute-names.ts';
import { valueId } from './attribute-values.ts';

/** Attributes as sources write them, whatever their form. What cannot be read says nothing. Pure. */

/** Makes a text from outside fit to be kept: visible, without markup, bounded. */
export type ReadText = (value: unknown, max: number) => string;

const NAME_FIELDS = ['name', 'title', 'label', 'key', 'attribute', 'attribute_name'] as const;
const VALUE_FIELDS = ['values', 'value', 'options', 'option', 'terms', 'attribute_value', 'text'] as const;
const PAIR_FIELDS: ReadonlySet<string> = new Set([...NAME_FIELDS, ...VALUE_FIELDS]);
const MAX_DEPTH = 3;
/** What says that there is nothing to say. */
const NOTHING = /^(?:-+|—|نامشخص|n\/?a|null|undefined|not specified|default title)$/iu;

/**
 * Attributes in a field of a feed or page: `{name: value}`, `[{name, value}]`, groups of either, or lines of text
 * («رنگ: مشکی | سایز: ۴۰»). The same name twice adds its values.
 */
export function readAttributes(value: unknown, readText: ReadText): FoundAttribute[] {
  const found: FoundAttribute[] = [];
  collect(value, readText, found, 0);
  return mergeAttributes(found);
}

function collect(value: unknown, readText: ReadText, found: FoundAttribute[], depth: number): void {
  if (depth > MAX_DEPTH || found.length > ATTRIBUTE_LIMITS.attributes * 2) return;
  if (typeof value === 'string') {
    found.push(...readLines(value, readText));
  } else if (Array.isArray(value)) {
    for (const one of value.slice(0, 200)) collect(one, readText, found, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    collectObject(value as Record<string, unknown>, readText, found, depth);
  }
}

function collectObject(
  object: Record<string, unknown>,
  readText: ReadText,
  found: FoundAttribute[],
  depth: number,
): void {
  const named = NAME_FIELDS.map((field) => object[field]).find((name) => typeof name === 'string' && name !== '');
  const stated = VALUE_FIELDS.map((field) => object[field]).find((one) => one !== undefined && one !== null);
  if (named !== undefined && stated !== undefined) {
    add(found, readAttribute(named as string, stated, readText));
    return;
  }
  for (const [name, inner] of Object.entries(object).slice(0, 200)) {
    // Half of a pair says nothing.
    if (PAIR_FIELDS.has(name)) continue;
    const isGroup = typeof inner === 'object' && inner !== null && !isListOfValues(inner);
    if (isGroup && attributeKey(name) === null) collect(inner, readText, found, depth + 1);
    else add(found, readAttribute(name, inner, readText));
  }
}

function isListOfValues(value: object): boolean {
  return Array.isArray(value) && value.every((one) => typeof one !== 'object' || isNamedValue(one));
}

/** `{name: 'مشکی'}` within a list of values, as shops' programs give their terms. */
function isNamedValue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return VALUE_FIELDS.every((field) => fields[field] === undefined);
}

function add(found: FoundAttribute[], attribute: FoundAttribute | null): void {
  if (attribute) found.push(attribute);
}

/** One attribute by its name and what was written for it; null when either says nothing. */
export function readAttribute(name: string, stated: unknown, readText: ReadText): FoundAttribute | null {
  const heading = readText(name, ATTRIBUTE_LIMITS.name);
  // A bare number is a place in a list, no name.
  if (heading === '' || /^\d+$/.test(heading)) return null;
  const kept = attributeName(heading);
  const values = (Array.isArray(stated) ? stated : [stated])
    .slice(0, ATTRIBUTE_LIMITS.values)
    .map((one) => textOfValue(one))
    .flatMap((one) => (typeof one === 'string' && hasSeveralValues(kept) ? splitValues(one) : [one]))
    .map((one) => readText(one, ATTRIBUTE_LIMITS.value))
    .filter((one) => one !== '' && !NOTHING.test(one));
  return values.length === 0 ? null : { name: kept, values: uniqueValues(kept, values) };
}

function textOfValue(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 'بله' : 'خیر';
  if (typeof value !== 'object' || value === null) return value;
  const { name, title, value: own, label } = value as Record<string, unknown>;
  return [name, title, label, own].find((one) => typeof one === 'string' || typeof one === 'number');
}

/** «مشکی، سفید و قرمز», "40 | 41", «S/M/L»; a comma within a number parts nothing. */
export function splitValues(text: string): string[] {
  return text
    .split(/[،؛;|\n\r•]+|,(?!\d{3}(?!\d))(?!(?<=\d,)\d(?!\d))|\s+[/\\]\s+|(?<=\p{L})[/\\](?=\p{L})|\s+(?:و|and)\s+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** «رنگ: مشکی | سایز: ۴۰» and the same in lines. Text without a colon names nothing. */
function readLines(text: string, readText: ReadText): FoundAttribute[] {
  return text
    .slice(0, 4000)
    .split(/[\n\r|•]+/u)
    .flatMap((line) => {
      const [, name, value] = /^\s*([^:：]{1,60})[:：]\s*(.+)$/u.exec(line) ?? [];
      const read = name && value ? readAttribute(name, value, readText) : null;
      return read ?? [];
    });
}

/** Each name once, with all its values. */
export function mergeAttributes(attributes: readonly FoundAttribute[]): FoundAttribute[] {
  const byName = new Map<string, FoundAttribute>();
  for (const { name, values } of attributes) {
    const key = normaliseText(name);
    const known = byName.get(key);
    byName.set(key, {
      name: known?.name ?? name,
      values: uniqueValues(name, [...(known?.values ?? []), ...values]).slice(0, ATTRIBUTE_LIMITS.values),
    });
  }
  return [...byName.values()].slice(0, ATTRIBUTE_LIMITS.attributes);
}

function uniqueValues(name: string, values: readonly string[]): string[] {
  return [...new Map(values.map((value) => [valueId(name, value), value] as const)).values()];
}

/** The options of a variant, of any form that `readAttributes` takes; only what tells variants apart, each name once. */
export function readOptions(value: unknown, readText: ReadText): VariantOption[] {
  return readAttributes(value, readText)
    .flatMap(({ name, values }) => (values.length === 1 ? [{ name, value: values[0] as string }] : []))
    .slice(0, ATTRIBUTE_LIMITS.options);
}

/** The one spelling of a variant's options: two variants that share it are one. Its title where it has no options. */
export function optionsKey({ options, title, sku }: { options: readonly VariantOption[]; title: string; sku: string }) {
  if (options.length === 0) return `title:${normaliseText(title === '' ? sku : title)}`;
  return options
    .map(({ name, value }) => `${normaliseText(name)}=${valueId(name, value)}`)
    .sort()
    .join('&');
}

/** What a variant is called by its options: «مشکی / ۴۰». */
export function titleOfOptions(options: readonly VariantOption[]): string {
  return options.map(({ value }) => value).join(' / ');
}

/** The attributes of a variant's or product's row that could tell it from its neighbours. */
export function optionsAmong(attributes: readonly FoundAttribute[]): VariantOption[] {
  return attributes
    .filter(({ name, values }) => isOptionName(name) && values.length === 1)
    .map(({ name, values }) => ({ name, value: values[0] as string }))
    .slice(0, ATTRIBUTE_LIMITS.options);
}
