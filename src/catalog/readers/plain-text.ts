import { Parser } from 'htmlparser2';

/** A tag, or a character that is written as a code. */
const MARKUP = /<\/?[a-z!][^>]*>|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;
/** Between these, words do not touch. */
const INLINE = new Set([
  'a',
  'abbr',
  'b',
  'bdi',
  'bdo',
  'em',
  'font',
  'i',
  'mark',
  's',
  'small',
  'span',
  'strong',
  'u',
]);
/** What is in these is nobody's text. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'iframe']);
/** Some shops escape a text that was escaped already. */
const MAX_ROUNDS = 3;

/** The text that a browser would show: tags gone, codes read. Text without either comes back as it is. Pure. */
export function plainText(text: string): string {
  let plain = text;
  for (let round = 0; round < MAX_ROUNDS && MARKUP.test(plain); round++) plain = withoutTags(plain);
  return plain;
}

function withoutTags(html: string): string {
  let text = '';
  let silent = 0;
  const meet = (name: string, change: 1 | -1): void => {
    if (SILENT.has(name)) silent = Math.max(0, silent + change);
    if (!INLINE.has(name)) text += ' ';
  };
  const parser = new Parser({
    onopentag: (name) => meet(name, 1),
    onclosetag: (name) => meet(name, -1),
    ontext: (part) => {
      if (silent === 0) text += part;
    },
  });
  parser.end(html);
  return text;
}
