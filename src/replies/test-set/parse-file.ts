import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** A file that is not what it should be. Each line says where and why: `clothes.yaml:12 products[0].price: …`. */
export class AnswersFileError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'AnswersFileError';
    this.faults = faults;
  }
}

/** Reads YAML of a schema's form. `name` is what errors call it. Throws AnswersFileError with every fault. */
export function parseAnswersFile<Form extends z.ZodType>(text: string, name: string, form: Form): z.output<Form> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0)
    throw new AnswersFileError(
      document.errors.map(({ pos, message }) => `${name}:${lines.linePos(pos[0]).line} ${message.split('\n')[0]}`),
    );
  const result = form.safeParse(toPlain(document, name));
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

/** Anchors that unfold into very much are refused by the parser. */
function toPlain(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new AnswersFileError([`${name}:1 ${error instanceof Error ? error.message : 'This cannot be read.'}`]);
  }
}
