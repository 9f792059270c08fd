import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROMPTS_DIR } from './prompts.ts';

/** One file of a prompt, as people are shown it. */
export interface PromptFile {
  name: string;
  /** `v1`, `v2`, … */
  version: string;
  /** `fa`, `en`, or `*` where it is the same in all. */
  language: string;
  kind: 'prompt' | 'texts' | 'schema';
  body: string;
  /** SHA-256 of the file, in hex. */
  checksum: string;
  /** The highest version of its kind and language: the one that answers are made with. */
  isCurrent: boolean;
}

const FILE = /^v(\d+)\.(?:(fa|en)\.(md|json)|(schema)\.json)$/;

/** Every version of every prompt of a folder (the project's by default). Other files are left out. */
export function listPromptFiles(dir: string = PROMPTS_DIR): PromptFile[] {
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => {
    const found = readdirSync(join(dir, name)).flatMap((file) => {
      const match = FILE.exec(file);
      return match ? [{ file, number: Number(match[1]), language: match[2] ?? '*', ending: match[3] ?? 'schema' }] : [];
    });
    return found.map(({ file, number, language, ending }) => {
      const alike = found.filter((other) => other.language === language && other.ending === ending);
      const newest = Math.max(...alike.map((other) => other.number));
      const body = readFileSync(join(dir, name, file), 'utf8');
      const checksum = createHash('sha256').update(body).digest('hex');
      const kind = ending === 'schema' ? 'schema' : ending === 'md' ? 'prompt' : 'texts';
      return { name, version: `v${number}`, language, kind, body, checksum, isCurrent: number === newest };
    });
  });
}
