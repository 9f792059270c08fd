/** Endings that make a bare word with dots a web address. A scheme, "www." or a path makes it one with any ending. */
const KNOWN_ENDINGS =
  'com|net|org|ir|io|co|me|info|shop|store|app|dev|xyz|site|online|link|ly|gg|ai|biz|us|uk|de|tr|ae|ru|cn|in|tk|top|club|live|pro|to|cc|tv|example|test';
const HOST = '(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+';
const REST = '(?:[/?#][^\\s<>"«»]*)?';
const LINK = new RegExp(
  [
    '\\b[a-z][a-z0-9+.-]{1,15}:\\/\\/[^\\s<>"«»]+',
    '\\b(?:javascript|data|vbscript|mailto|tel):[^\\s<>"«»]+',
    `\\bwww\\.[^\\s<>"«»]+`,
    `(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]+@${HOST}\\p{L}{2,24}`,
    `(?<![\\p{L}\\p{N}@.])${HOST}(?:${KNOWN_ENDINGS})(?::\\d+)?${REST}(?![\\p{L}\\p{N}])`,
    `(?<![\\p{L}\\p{N}@.])${HOST}\\p{L}{2,24}(?::\\d+)?\\/[^\\s<>"«»]*`,
  ].join('|'),
  'giu',
);
const TRAILING = /[.,;:!?؟،؛…)\]}'’"*_~`]+$/u;
/** Stands in for a link while sentences are found: a character that no cleaned text holds as a word. */
const MARK = '\ufdd0';

/** The web and mail addresses in a text, as they stand there. Pure. */
export function findLinks(text: string): string[] {
  return [...text.matchAll(LINK)].map((match) => trimLink(match[0])).filter((link) => link.length > 3);
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

export interface LinkCheck {
  text: string;
  removed: string[];
  /** True when the answer was one sentence built around what had to go. */
  senseless: boolean;
}

/**
 * Takes out every address that none of the sources holds. A Markdown link keeps its words; a sentence that was built around
 * a removed address goes with it when others remain.
 */
export function removeUnknownLinks(text: string, sources: readonly string[]): LinkCheck {
  const known = new Set(sources.flatMap(findLinks).map(sameLinkForm));
  const removed: string[] = [];
  const isKnown = (link: string) => known.has(sameLinkForm(link));
  const withoutMarkdown = text.replace(
    /!?\[([^\]\n]*)\]\(\s*([^)\s]+)[^)\n]*\)/gu,
    (whole, words: string, target: string) => {
      if (isKnown(trimLink(target))) return whole;
      removed.push(target);
      return words;
    },
  );
  const marked = withoutMarkdown.replace(LINK, (found) => {
    const link = trimLink(found);
    if (link.length <= 3 || isKnown(link)) return found;
    removed.push(link);
    return MARK + found.slice(link.length);
  });
  return { ...dropMarkedSentences(marked), removed };
}

const SENTENCE = /[^.!?؟…\n]+(?:[.!?؟…]+|\n+|$)(?:\s*)|[.!?؟…\n]+\s*/gu;

function dropMarkedSentences(text: string): { text: string; senseless: boolean } {
  if (!text.includes(MARK)) return { text, senseless: false };
  const kept = (text.match(SENTENCE) ?? []).filter((sentence) => !sentence.includes(MARK));
  const rest = kept.join('').trim();
  return { text: rest, senseless: (rest.match(/\p{L}+/gu)?.length ?? 0) < 2 };
}
