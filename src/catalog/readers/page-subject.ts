import { normaliseText } from '../../text/persian.ts';
import type { Complaint } from '../found-product.ts';
import { productKey } from '../product-key.ts';
import { readText, readUrl } from './found-parts.ts';
import { isType, type Node, type NodeGraph } from './json-ld-nodes.ts';
import { LIMITS } from './source.ts';

/** What a page says of itself outside of its structured data. */
export interface PageFacts {
  /** Its own first, then what it calls itself. */
  addresses: readonly string[];
  titles: readonly string[];
}

/**
 * The product that a page is about, of all that its structured data names: pages show related products too, and lists show
 * nothing else. Null, with a complaint, where several could be meant: another product's price is worse than none. Pure.
 */
export function findSubject(graph: NodeGraph, page: PageFacts, complaints: Complaint[]): Node | null {
  const all = mergeNamesakes(graph.nodes.filter((node) => isType(node, 'ProductGroup', ...PRODUCTS)));
  const candidates = withoutVariants(graph, all);
  const mains = candidates.filter((node) => graph.main.has(node));
  const chosen = choose(mains.length > 0 ? mains : candidates, page);
  if (chosen || candidates.length === 0) return chosen;
  const names = candidates.slice(0, 3).map((node) => readText(node.name, 50));
  complaints.push({ code: 'page_of_several', at: page.addresses[0] ?? '', detail: names.join(', ') });
  return null;
}

const PRODUCTS = ['Product', 'IndividualProduct', 'ProductModel'];

/** Two plugins of a shop may both describe its product. */
function mergeNamesakes(nodes: readonly Node[]): Node[] {
  const byName = new Map<string, Node>();
  for (const node of nodes) {
    const name = `${isType(node, 'ProductGroup')} ${node.url ?? ''} ${nameOf(node)}`;
    const known = byName.get(name);
    if (!known) byName.set(name, node);
    else for (const [field, stated] of Object.entries(node)) known[field] ??= stated;
  }
  return [...byName.values()];
}

/** A group speaks for its variants. */
function withoutVariants(graph: NodeGraph, nodes: readonly Node[]): Node[] {
  const groups = nodes.filter((node) => isType(node, 'ProductGroup'));
  const variants = new Set(groups.flatMap((group) => variantsOf(graph, group)));
  return nodes.filter((node) => !variants.has(node));
}

/** The variants of a group: those that it names, and those that name it. */
export function variantsOf(graph: NodeGraph, group: Node): Node[] {
  const named = graph.list(group.hasVariant);
  const naming = graph.nodes.filter((node) => graph.list(node.isVariantOf).includes(group));
  return [...new Set([...named, ...naming])];
}

function choose(candidates: readonly Node[], page: PageFacts): Node | null {
  const own = page.addresses.map((address) => productKey(address));
  const addressOf = (node: Node): string | null => {
    const url = readUrl(node.url, page.addresses[0]);
    return url && productKey(url);
  };
  const [only] = candidates;
  if (candidates.length < 2) return only && !isElsewhere(only, addressOf(only), own, page) ? only : null;
  const here = candidates.filter((node) => own.includes(addressOf(node)));
  if (here.length === 1) return here[0] as Node;
  const nameless = candidates.filter((node) => addressOf(node) === null);
  if (here.length === 0 && nameless.length === 1) return nameless[0] as Node;
  const pool = here.length > 1 ? here : nameless.length > 1 ? nameless : candidates;
  return byTitle(pool, page.titles) ?? asVariants(candidates, page, addressOf);
}

const nameOf = (node: Node): string => normaliseText(readText(node.name, LIMITS.title));

/** Both its address and its name are another page's. */
function isElsewhere(node: Node, address: string | null, own: readonly (string | null)[], page: PageFacts): boolean {
  if (address === null || own.some((one) => pathOf(one) === pathOf(address))) return false;
  const titles = page.titles.map(normaliseText);
  const name = nameOf(node);
  return titles.length > 0 && !titles.some((title) => title.includes(name) || name.includes(title));
}

/** Titles carry the shop's name behind a dash or a bar. */
function byTitle(candidates: readonly Node[], titles: readonly string[]): Node | null {
  const wanted = titles.flatMap((title) => [title, ...title.split(/\s+[|:–—-]\s+/)]).map(normaliseText);
  const same = candidates.filter((node) => nameOf(node) !== '' && wanted.includes(nameOf(node)));
  return same.length === 1 ? (same[0] as Node) : null;
}

const pathOf = (key: string | null): string => key?.split('?', 1)[0] ?? '';

/** Products that differ in the parameters of this page's address alone are its variants. */
function asVariants(nodes: readonly Node[], page: PageFacts, addressOf: (node: Node) => string | null): Node | null {
  const own = pathOf(productKey(page.addresses[0] ?? ''));
  if (own === '' || !nodes.every((node) => pathOf(addressOf(node)) === own)) return null;
  const name = page.titles[0] || nodes[0]?.name;
  return { ...nodes[0], '@type': 'ProductGroup', name, sku: undefined, offers: undefined, hasVariant: nodes };
}
