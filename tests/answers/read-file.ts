import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ShopFile, shopFile } from '../../src/replies/test-set/format.ts';
import { parseAnswersFile } from '../../src/replies/test-set/parse-file.ts';

/** Reads a shop's file. `name` is what errors call it. Throws AnswersFileError with every fault. */
export function parseShopFile(text: string, name: string): ShopFile {
  return parseAnswersFile(text, name, shopFile);
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
