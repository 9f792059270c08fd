/** Endings that make a bare word with dots a web address. A scheme, "www." or a path makes it one with any ending. */
const KNOWN_ENDINGS = new Set(
  (
    'com net org ir io co me info shop store app dev xyz site online link ly gg ai biz us uk de tr ae ru cn in tk top ' +
    'club live pro to cc tv example test'
  ).split(' '),
);
/**
 * Found in two steps of linear time each, because a model's answer may be hostile: pieces between blanks and quotation
 * marks, then an address within a piece.
 */
const PIECE = /[^\s<>"«»]+/gu;
const SCHEMES = [
  String.raw`(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,15}:\/\/`,
  String.raw`(?:javascript|data|vbscript|mailto|tel):(?=\S)`,
  String.raw`(?<![\p{L}\p{N}])www\.`,
];
const WITH_SCHEME = new RegExp(String.raw`(?:${SCHEMES.join('|')})\S+`, 'iu');
const HOST_LIKE = /[\p{L}\p{N}._%+@-]+/gu;
const LABEL = /^[\p{L}\p{N}_%+-]+$/u;
const TRAILING = /[.,;:!?؟،؛…)\]}'’"*_~`]+$/u;
/** Stands in for a link while sentences are found: a character that no cleaned text holds as a word. */
const MARK = '\ufdd0';

interface Found {
  link: string;
  at: number;
}

function locateLinks(text: string): Found[] {
  const found: Found[] = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const schemed = WITH_SCHEME.exec(piece);
    const bareEnd = schemed ? schemed.index : piece.length;
    for (const { 0: run, index: at } of piece.slice(0, bareEnd).matchAll(HOST_LIKE)) {
      const bare = readBareAddress(run, piece, at);
      if (!bare) continue;
      found.push({ link: bare.link, at: index + at + bare.skipped });
      if (bare.toEnd) break;
    }
    if (schemed) found.push({ link: trimLink(schemed[0]), at: index + schemed.index });
  }
  return found;
}

/** `shop.ir`, `t.me/yas`, `info@shop.ir`: an address without a scheme, with all of its path. */
function readBareAddress(
  run: string,
  piece: string,
  at: number,
): { link: string; skipped: number; toEnd: boolean } | null {
  const skipped = run.length - run.replace(/^[.@%+-]+/, '').length;
  const name = run.slice(skipped).replace(/[.@]+$/, '');
  const host = name.slice(name.lastIndexOf('@') + 1);
  const labels = host.split('.');
  const ending = labels.at(-1) ?? '';
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || !/^\p{L}{2,24}$/u.test(ending)) return null;
  const rest = piece.slice(at + skipped + name.length);
  const hasPath = /^(?::\d{1,5})?[/?#]/.test(rest);
  if (!hasPath && !name.includes('@') && !KNOWN_ENDINGS.has(ending.toLowerCase())) return null;
  return { link: hasPath ? trimLink(name + rest) : name, skipped, toEnd: hasPath };
}

/** The web and mail addresses in a text, as they stand there. Pure. */
export function findLinks(text: string): string[] {
  return locateLinks(text).map(({ link }) => link);
}

/** Two spellings of one address compare equal: scheme, "www.", the host's case and a closing slash do not count. */
function sameLinkForm(link: string): string {
  const bare = link.replace(/^https?:\/\//i, '').replace(/^www\./i, '');
  const hostEnd = bare.search(/[/?#]/);
  const host = hostEnd < 0 ? bare : bare.slice(0, hostEnd);
  const path = hostEnd < 0 ? '' : bare.slice(hostEnd);
  return host.toLowerCase() + path.replace(/\/+$/, '');
}

function trimLink(link: string): string {
  const trimmed = link.replace(TRAILING, '');
  // A bracket that the address itself opened belongs to it.
  return trimmed.includes('(') && link.startsWith(`${trimmed})`) ? `${trimmed})` : trimmed;
}

/** Every part is bounded or excludes its own beginning, so that no text makes it slow. */
const MARKDOWN_LINK =
  /!?\[([^[\]\n]*)\]\(\s{0,9}([^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)(?:\s[^()\n]{0,200})?\)/gu;

export interface LinkCheck {
  text: string;
  removed: string[];
  /** True when the answer was one sentence built around what had to go. */
  senseless: boolean;
}

/**
 * Takes out every address that none of the sources holds. A Markdown link keeps its words; a sentence that was built
 * around
 * a removed address goes with it when others remain.
 */
export function removeUnknownLinks(text: string, sources: readonly string[]): LinkCheck {
  const known = new Set(sources.flatMap(findLinks).map(sameLinkForm));
  const removed: string[] = [];
  const isKnown = (link: string) => known.has(sameLinkForm(link));
  const prose = text.replace(MARKDOWN_LINK, (whole, words: string, target: string) => {
    if (isKnown(trimLink(target))) return whole;
    removed.push(target);
    return words;
  });
  let marked = '';
  let done = 0;
  for (const { link, at } of locateLinks(prose)) {
    if (at < done || isKnown(link)) continue;
    removed.push(link);
    marked += prose.slice(done, at) + MARK;
    done = at + link.length;
  }
  marked += prose.slice(done);
  return { ...dropMarkedSentences(marked), removed };
}

const DOT = String.raw`(?:\s*[\[({]?\s*(?:dot|دات|نقطه)\s*[\])}]?\s*|\s*[\[({]\s*[.。]\s*[\])}]\s*|\s+\.\s?|[。．｡․]\s*)`;
const SPELLED_ENDING = '(?:com|net|org|ir|io|me|shop|store|info|xyz|site|online|link|ly|app|کام)';
const ADDRESS_END = String.raw`(?![\p{L}\p{N}])`;
const SPELLED_ADDRESS = new RegExp(
  String.raw`[a-z0-9-]{2,63}(?:${DOT}${SPELLED_ENDING}|\.\s+(?:com|net|org|ir))${ADDRESS_END}`,
  'iu',
);
const PERSIAN_ADDRESS = /\p{L}{2,40}\s+(?:دات|نقطه)\s+(?:کام|آی\s*آر|com|ir)(?!\p{L})/u;
const HANDLE = /(?<![\p{L}\p{N}._%+-])@[a-z0-9._]{3,40}/giu;

/** Addresses that are not written as such ("shop dot ir", "shop . ir") and account names that no source holds. Pure. */
export function hasHiddenLink(text: string, sources: readonly string[]): boolean {
  const known = new Set(sources.flatMap((source) => source.match(HANDLE) ?? []).map((name) => name.toLowerCase()));
  const handles = (text.match(HANDLE) ?? []).map((name) => name.toLowerCase().replace(/\.+$/, ''));
  if (handles.some((name) => !known.has(name))) return true;
  const addresses = new Set(sources.flatMap(findLinks).map(sameLinkForm));
  if (findLinks(text).some((link) => !addresses.has(sameLinkForm(link)))) return true;
  return SPELLED_ADDRESS.test(text) || PERSIAN_ADDRESS.test(text);
}

const SENTENCE = /[^.!?؟…\n]+(?:[.!?؟…]+|\n+|$)(?:\s*)|[.!?؟…\n]+\s*/gu;

function dropMarkedSentences(text: string): { text: string; senseless: boolean } {
  if (!text.includes(MARK)) return { text, senseless: false };
  const kept = (text.match(SENTENCE) ?? []).filter((sentence) => !sentence.includes(MARK));
  const rest = kept.join('').trim();
  return { text: rest, senseless: (rest.match(/\p{L}+/gu)?.length ?? 0) < 2 };
}
