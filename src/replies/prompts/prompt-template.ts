import Mustache from 'mustache';

/** What the prompt `reply` is given. Without these three an answer loses the shop's notes, its limit or the leak check. */
const KNOWN: ReadonlySet<string> = new Set(['businessName', 'businessPrompt', 'canary', 'maxReplyCharacters']);
const NEEDED = ['businessPrompt', 'canary', 'maxReplyCharacters'] as const;

/** The prompts of which a shop may have its own versions. */
export const EDITABLE_PROMPTS = ['reply'] as const;

/** A token of Mustache: its kind, its text or name, where it begins and ends, and what is inside of a section. */
type Token = [kind: string, value: string, start: number, end: number, inside?: Token[] | string, ...rest: unknown[]];

/** What is wrong with a template of the prompt `reply`, in a sentence; null when it can be used. */
export function findTemplateFault(template: string): string | null {
  let tokens: Token[];
  try {
    tokens = Mustache.parse(template) as Token[];
  } catch (error) {
    return `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
  const names = new Set<string>();
  const fault = collect(tokens, names);
  if (fault) return fault;
  const unknown = [...names].filter((name) => !KNOWN.has(name));
  if (unknown.length > 0) return `Nothing fills ${list(unknown)}; there are ${list([...KNOWN])}.`;
  const missing = NEEDED.filter((name) => !names.has(name));
  return missing.length > 0 ? `It must keep ${list(missing)}.` : null;
}

function collect(tokens: readonly Token[], names: Set<string>): string | null {
  for (const [kind, value, , , inside] of tokens) {
    if (kind === '>' || kind === '=') return 'It may hold variables and sections only.';
    if (kind === 'name' || kind === '&') names.add(value);
    if (Array.isArray(inside)) {
      if (!KNOWN.has(value)) names.add(value);
      const fault = collect(inside, names);
      if (fault) return fault;
    }
  }
  return null;
}

const list = (names: readonly string[]): string => names.map((name) => `{{${name}}}`).join(', ');
