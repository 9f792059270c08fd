import { type AttributeWish, readAttributeWish } from '../../catalog/attributes/customer-words.ts';
import { detectIntents, type Intent } from '../../text/intents.ts';
import { readLatin } from '../../text/latin-persian.ts';
import { wordsOf } from '../../text/persian.ts';
import { type Act, readActs } from './acts.ts';
import { type Budget, readBudget } from './budget.ts';
import { type Feeling, isAngry, readSigns } from './feelings.ts';
import { type Reference, type ReferenceInText, readReference } from './references.ts';

/** What one question or statement of a burst says, by rules. */
export interface PartReading {
  text: string;
  intents: readonly Intent[];
  acts: readonly Act[];
  /** What it points at of all that was shown before; null: nothing. */
  pointing: ReferenceInText | null;
  /** Sizes, colours and other attributes that are wanted or asked for. */
  wish: AttributeWish;
  /** What it may cost. */
  budget: Budget;
  feeling: Feeling | null;
}

/** A burst, read once for all stages and the model. */
export interface TurnReading {
  parts: readonly PartReading[];
  /** Of all parts. */
  acts: ReadonlySet<Act>;
  /** The last that a part points with. */
  reference: Reference | null;
  /** Persian in Latin letters counts as Persian; null: signs and numbers alone. */
  writing: 'persian' | 'latin_persian' | 'english' | 'mixed' | null;
  isAngry: boolean;
}

/** Reads the lines of a burst. Pure. */
export function readBurst(lines: readonly string[]): TurnReading {
  const parts = lines.map(readPart);
  return {
    parts,
    acts: new Set(parts.flatMap(({ acts }) => acts)),
    reference: parts.findLast(({ pointing }) => pointing !== null)?.pointing?.reference ?? null,
    writing: writingOf(lines.join(' ')),
    isAngry: lines.some((line) => isAngry(line)),
  };
}

function readPart(text: string): PartReading {
  const pointing = readReference(text);
  return {
    text,
    intents: detectIntents(text),
    // "the cheaper one" points at one of what was shown, and wants to see nothing else.
    acts: readActs(text).filter(
      (act) => pointing?.reference.kind !== 'price' || (act !== 'cheaper' && act !== 'dearer'),
    ),
    pointing,
    wish: readAttributeWish(text),
    budget: readBudget(text),
    feeling: readSigns(text),
  };
}

function writingOf(text: string): TurnReading['writing'] {
  const words = wordsOf(text).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return null;
  const persian = words.filter((word) => /\p{Script=Arabic}/u.test(word)).length;
  if (persian === words.length) return 'persian';
  if (persian > 0) return 'mixed';
  return readLatin(words) === 'persian' ? 'latin_persian' : 'english';
}
