import type { FoundAttribute } from '../attributes/attribute.ts';
import { mergeAttributes, readAttribute } from '../attributes/read-attributes.ts';
import { readText } from './found-parts.ts';
import type { Node } from './json-ld-nodes.ts';
import type { Reading } from './json-ld-reading.ts';

/** Properties of schema.org that say something of a product; a size, a colour, a weight. */
const PROPERTIES = {
  color: 'color',
  size: 'size',
  material: 'material',
  pattern: 'pattern',
  weight: 'weight',
  countryOfOrigin: 'country',
  model: 'model',
} as const;

/** UN/CEFACT codes, by which measures name their units. */
const UNITS: Readonly<Record<string, string>> = {
  KGM: 'kg',
  GRM: 'g',
  LTR: 'l',
  MLT: 'ml',
  CMT: 'cm',
  MMT: 'mm',
  MTR: 'm',
  ANN: 'year',
  MON: 'month',
  DAY: 'day',
};
/** «کارکرده» and new are asked for; the words of schema.org are no customer's. */
const CONDITIONS: Readonly<Record<string, string>> = {
  newcondition: 'نو',
  usedcondition: 'کارکرده',
  refurbishedcondition: 'بازسازی‌شده',
};

/** What structured data says of a product besides title and price: its own properties, its `additionalProperty`, its warranty. */
export function readNodeAttributes(node: Node, reading: Reading): FoundAttribute[] {
  const { graph } = reading;
  const own = Object.entries(PROPERTIES).flatMap(([property, name]) => {
    const value = node[property];
    return value === undefined ? [] : (readAttribute(name, valuesOf(value, reading), readText) ?? []);
  });
  const more = graph
    .list(node.additionalProperty)
    .filter(({ value }) => value !== undefined && value !== null)
    .flatMap((property) => readAttribute(nameOf(property), valuesOf(property, reading), readText) ?? []);
  return mergeAttributes([...own, ...more, ...readPromises(node, reading)]);
}

const nameOf = ({ name, propertyID }: Node): string => readText(name ?? propertyID, 60);

/** A value in any of its forms, as texts: bare, in lists, a measure with its unit, something with a name. */
function valuesOf(value: unknown, { graph }: Reading): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => {
    if (typeof one !== 'object' || one === null) return readText(one, 160);
    const node = graph.follow(one as Node);
    const bare = node.value ?? node.name;
    const unit = readText(node.unitText, 20) || (UNITS[readText(node.unitCode, 20).toUpperCase()] ?? '');
    const texts = (Array.isArray(bare) ? bare : [bare])
      .map((part) => readText(part, 160))
      .filter((part) => part !== '');
    return texts.map((text) => (unit && /^[\d.,]+$/.test(text) ? `${text} ${unit}` : text));
  });
}

/** A warranty's length and the condition that its offers name. */
function readPromises(node: Node, reading: Reading): FoundAttribute[] {
  const { graph } = reading;
  const offers = graph.list(node.offers);
  const warranties = graph
    .list(offers.map((offer) => offer.warranty).find((one) => one !== undefined) ?? node.warranty)
    .flatMap((promise) => valuesOf(promise.durationOfWarranty ?? promise, reading));
  const condition = [node, ...offers].map((one) => one.itemCondition).find((one) => typeof one === 'string');
  const word =
    CONDITIONS[
      String(condition ?? '')
        .replace(/^.*[/#]/, '')
        .toLowerCase()
    ];
  return [
    readAttribute('warranty', warranties, readText),
    word === undefined ? null : readAttribute('condition', word, readText),
  ].flatMap((attribute) => attribute ?? []);
}
