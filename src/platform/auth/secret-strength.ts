export interface SecretRules {
  minCharacters: number;
  /** By how often each character occurs: less than this is no secret that somebody made up at random. */
  minBits: number;
}

/** Examples that people leave as they are, wherever in a secret they stand. In small letters and digits. */
const EXAMPLES = [
  'changeme',
  'changethis',
  'password',
  'passw0rd',
  'placeholder',
  'replaceme',
  'replacethis',
  'yoursecret',
  'yourkey',
  'mysecret',
  'supersecret',
  'insecure',
  'letmein',
  'qwerty',
  '12345678',
  'abcdefgh',
];
/** Too short to be looked for inside of others. */
const WHOLE_EXAMPLES = new Set([
  'mykey',
  'key',
  'secret',
  'admin',
  'test',
  'example',
  'peyk',
  'default',
  'apikey',
  'token',
]);

/** What is left of a text in small letters, without signs (and digits as they are), when well-known examples are taken out. */
export function stripExamples(text: string): string {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return EXAMPLES.reduce((left, example) => left.replaceAll(example, ''), plain);
}

/** Why a secret is weak, in words that hold nothing of it; null when it will do. */
export function findWeakness(secret: string, { minCharacters, minBits }: SecretRules): string | null {
  const plain = secret.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (WHOLE_EXAMPLES.has(plain) || EXAMPLES.some((example) => plain.includes(example)))
    return 'it is, or holds, a well-known example';
  if ([...secret].length < minCharacters) return `at least ${minCharacters} characters in production`;
  if (/^(.+?)\1+$/s.test(secret)) return 'it repeats itself';
  if (isSequence([...secret].map((character) => character.codePointAt(0) ?? 0))) return 'it is a sequence';
  return bitsOf([...secret]) < minBits ? 'too easy to guess: too few different characters' : null;
}

/** Of random bytes about thirty of thirty-two differ. */
const MIN_DIFFERENT_BYTES = 20;
/** Whoever typed a key instead of drawing it. */
const TYPED_KEY: SecretRules = { minCharacters: 32, minBits: 100 };

/** Why a key of an encryption ring is weak; null when it looks drawn at random. */
export function findKeyWeakness(bytes: Buffer): string | null {
  if (new Set(bytes).size < MIN_DIFFERENT_BYTES) return 'it has too few different bytes';
  if (isSequence([...bytes])) return 'it is a sequence';
  const text = bytes.toString('latin1');
  return /^[\x20-\x7e]+$/.test(text) ? findWeakness(text, TYPED_KEY) : null;
}

/** Most steps go one up or one down. */
export function isSequence(codes: readonly number[]): boolean {
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const [up, down] = [1, -1].map((step) => steps.filter((one) => one === step).length);
  return Math.max(up ?? 0, down ?? 0) > steps.length * 0.6;
}

/** Shannon's measure over the text's own characters: it knows nothing of words, so it flatters. */
function bitsOf(characters: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - count * Math.log2(count / characters.length), 0);
}
