import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Mustache from 'mustache';
import type { Language } from '../../text/message.ts';

/** Where the project keeps its prompts; `prompts/README.md` tells the rules for changing them. */
export const PROMPTS_DIR: string = fileURLToPath(new URL('../../../prompts/', import.meta.url));

/** One version of one prompt in one language. */
export interface Prompt {
  name: string;
  /** `v1`, `v2`, … */
  version: string;
  /** Fills the template's variables. Nothing is HTML-escaped; variables are never read as templates themselves. */
  render(view: Record<string, unknown>): string;
}

/** Prompts from files, loaded when first asked for and kept. The highest version is the current one. */
export interface PromptStore {
  prompt(name: string, language: Language): Prompt;
  /** The JSON schema beside the current version of a prompt. */
  schema(name: string): Record<string, unknown>;
  /** The table of texts `name/v<N>.<language>.json`, as it stands in the file. */
  texts(name: string, language: Language): { version: string; texts: Readonly<Record<string, readonly string[]>> };
}

/**
 * Reads prompts of a folder (the project's by default). Throws when a prompt does not exist: a wrong name is our fault,
 * never the customer's.
 */
export function createPromptStore(dir: string = PROMPTS_DIR): PromptStore {
  const cache = new Map<string, unknown>();
  function once<T>(key: string, load: () => T): T {
    if (!cache.has(key)) cache.set(key, load());
    return cache.get(key) as T;
  }
  const read = (file: string) => readFileSync(`${dir}/${file}`, 'utf8');
  const current = (name: string, ending: string) =>
    once(`version ${name} ${ending}`, () => latestVersion(readdirSync(`${dir}/${name}`), name, ending));
  return {
    prompt: (name, language) =>
      once(`prompt ${name} ${language}`, () => {
        const version = current(name, `.${language}.md`);
        const template = read(`${name}/${version}.${language}.md`).trim();
        return compilePrompt(name, version, template);
      }),
    schema: (name) =>
      once(`schema ${name}`, () => JSON.parse(read(`${name}/${current(name, '.schema.json')}.schema.json`))),
    texts: (name, language) =>
      once(`texts ${name} ${language}`, () => {
        const version = current(name, `.${language}.json`);
        return { version, texts: JSON.parse(read(`${name}/${version}.${language}.json`)) };
      }),
  };
}

/**
 * A prompt of a template in Mustache. Throws at once when it cannot be read, so that an unclosed tag shows at the first use
 * and not with the first unlucky customer.
 */
export function compilePrompt(name: string, version: string, template: string): Prompt {
  Mustache.parse(template);
  return { name, version, render: (view) => Mustache.render(template, view, {}, { escape: String }) };
}

function latestVersion(files: string[], name: string, ending: string): string {
  const numbers = files
    .filter((file) => file.endsWith(ending))
    .map((file) => /^v(\d+)$/.exec(file.slice(0, -ending.length))?.[1])
    .filter((number) => number !== undefined)
    .map(Number);
  if (numbers.length === 0) throw new Error(`Prompt ${name} has no file v<N>${ending}`);
  return `v${Math.max(...numbers)}`;
}
