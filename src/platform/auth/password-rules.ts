import { PASSWORD_MAX_BYTES } from './passwords.ts';
import { isSequence, stripExamples } from './secret-strength.ts';

export const PASSWORD_MIN_CHARACTERS = 12;
/** Of what is left of a password without well-known words and one's own name, at least so much must be new. */
const MIN_OWN_CHARACTERS = 5;
const MIN_DIFFERENT_CHARACTERS = 6;

/**
 * Why nobody should have this password, in words that hold nothing of it; null when it will do. Long instead of mixed: rules
 * about kinds of characters make passwords that people write down.
 */
export function findPasswordFault(password: string, username = ''): string | null {
  const normal = password.normalize('NFKC');
  const characters = [...normal.toLowerCase()];
  if ([...normal].length < PASSWORD_MIN_CHARACTERS) return `At least ${PASSWORD_MIN_CHARACTERS} characters.`;
  if (Buffer.byteLength(password) > PASSWORD_MAX_BYTES) return 'At most 1 kB.';
  const isRepetition = /^(.{1,6}?)\1+.{0,5}$/s.test(normal.toLowerCase());
  if (isRepetition || new Set(characters).size < MIN_DIFFERENT_CHARACTERS)
    return 'Too easy to guess: it repeats itself.';
  if (isSequence(characters.map((character) => character.codePointAt(0) ?? 0)))
    return 'Too easy to guess: it is a sequence.';
  const own = [...stripExamples(withoutName(normal, username))];
  const isOwn = own.length >= MIN_OWN_CHARACTERS && !isSequence(own.map((character) => character.codePointAt(0) ?? 0));
  return isOwn ? null : 'Too easy to guess: it is little more than a well-known word or your name.';
}

/** The name, and what stands in front of the @ of an email address. */
function withoutName(password: string, username: string): string {
  const names = [username, username.split('@')[0] ?? ''].filter((name) => name.length >= 3);
  return names.reduce((text, name) => text.toLowerCase().replaceAll(name.toLowerCase(), ''), password);
}
