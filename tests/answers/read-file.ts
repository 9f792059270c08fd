import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { type ShopFile, shopFile } from './format.ts';

/** A file that is no shop with labelled conversations. Each line says where and why: `clothes.yaml:12 products[0].price: …`. */
export class AnswersFileError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'AnswersFileError';
    this.faults = faults;
  }
}

/** Reads a shop's file. `name` is what errors call it. Throws AnswersFileError with every fault. */
export function parseShopFile(text: string, name: string): ShopFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    throw new AnswersFileError(
      document.errors.map(({ pos, message }) => `${name}:${lines.linePos(pos[0]).line} ${message.split('\n')[0]}`),
    );
  const result = shopFile.safeParse(document.toJS());
  if (result.success) return result.data;
  const lineOf = (path: readonly PropertyKey[]): number => {
    // What is missing has no line: then that of what it is missing in.
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  throw new AnswersFileError(
    result.error.issues.map(({ path, message }) => `${name}:${lineOf(path)} ${pathOf(path)}: ${message}`),
  );
}

/** `conversations[3].turns[0].kind` */
function pathOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`),
    '',
  );
}

/** Every shop of a folder, by its file's name. */
export function readShops(folder: string): { name: string; file: ShopFile }[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return names.map((name) => ({
    name: basename(name, '.yaml'),
    file: parseShopFile(readFileSync(join(folder, name), 'utf8'), name),
  }));
}

/** `tuned`: shops that answers are improved with. `keptOut`: those that are only measured. */
export const HALVES = {
  tuned: join(import.meta.dirname, 'shops/tuned'),
  keptOut: join(import.meta.dirname, 'shops/kept-out'),
} as const;
