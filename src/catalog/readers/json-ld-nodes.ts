import type { Complaint } from '../found-product.ts';
import { productKey } from '../product-key.ts';
import { readUrl } from './found-parts.ts';
import { readJsonBlock } from './json-blocks.ts';

export type Node = Record<string, unknown>;

const MAX_NODES = 500;

/** The objects of a page's structured data. */
export class NodeGraph {
  readonly nodes: Node[];
  /** Those that the page says it is about. */
  readonly main = new Set<Node>();
  private readonly byId = new Map<string, Node>();
  private readonly base: string;

  constructor(base: string) {
    this.base = base;
    this.nodes = [];
  }

  add(value: unknown, depth = 0, isMain = false): void {
    if (depth > 4 || this.nodes.length >= MAX_NODES || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const one of value) this.add(one, depth + 1, isMain);
      return;
    }
    const node = value as Node;
    const id = this.idOf(node);
    const known = id === null ? undefined : this.byId.get(id);
    if (id !== null && isReference(node)) {
      if (isMain && known) this.main.add(known);
      return;
    }
    // Two blocks that name the same thing tell of one thing.
    if (known) for (const [name, stated] of Object.entries(node)) known[name] ??= stated;
    else this.nodes.push(node);
    const kept = known ?? node;
    if (id !== null) this.byId.set(id, kept);
    if (isMain || this.isThisPage(node.mainEntityOfPage)) this.main.add(kept);
    this.add(node['@graph'], depth + 1);
    this.add(node.mainEntity, depth + 1, true);
  }

  /** The objects in a field, alone or in a list; a reference stands for what it names. */
  list(value: unknown): Node[] {
    return (Array.isArray(value) ? value : [value])
      .filter((one): one is Node => typeof one === 'object' && one !== null)
      .map((one) => this.follow(one));
  }

  follow(node: Node): Node {
    const id = isReference(node) ? this.idOf(node) : null;
    return (id === null ? undefined : this.byId.get(id)) ?? node;
  }

  private isThisPage(value: unknown): boolean {
    const named = typeof value === 'object' && value !== null ? ((value as Node)['@id'] ?? (value as Node).url) : value;
    const url = readUrl(named, this.base);
    return url !== null && productKey(url) === productKey(this.base);
  }

  private idOf({ '@id': id }: Node): string | null {
    if (typeof id !== 'string' || id === '') return null;
    return URL.canParse(id, this.base) ? new URL(id, this.base).href : id;
  }
}

/** Says no more than which node is meant. */
function isReference(node: Node): boolean {
  return '@id' in node && Object.keys(node).every((name) => name === '@id' || name === '@type');
}

/** All objects of the blocks that a page holds: alone, in lists and in graphs. What is no JSON is skipped. */
export function readGraph(blocks: readonly string[], at: string, complaints: Complaint[]): NodeGraph {
  const graph = new NodeGraph(at);
  for (const block of blocks) {
    const { values, isBroken } = readJsonBlock(block);
    for (const value of values) graph.add(value);
    if (isBroken) complaints.push({ code: 'json_ld_broken', at, detail: '' });
  }
  return graph;
}

/** Whether a node is of one of the types, in whichever spelling. */
export function isType(node: Node, ...names: string[]): boolean {
  const types = Array.isArray(node['@type']) ? node['@type'] : [node['@type']];
  return types.some((type) => {
    const name = typeof type === 'string' ? type.replace(/^.*[/#:]/, '').toLowerCase() : '';
    return names.some((one) => one.toLowerCase() === name);
  });
}
