import { detectLanguage } from '../../text/intents.ts';
import type { Faq } from '../models/model.ts';
import type { LabelledProduct } from './format.ts';
import { factsOf } from './invented.ts';
import { type Fault, judge } from './judge.ts';
import type { TurnLanguage } from './labels.ts';
import type { PlayedAnswer } from './play.ts';
import type { TestTurn } from './resource.ts';
import { toLabelled } from './store.ts';

/** What the shop says of itself, as far as answers are judged by it. */
export interface SetShop {
  name: string;
  faqs: readonly Faq[];
  /** Those that the turns name. */
  named: readonly LabelledProduct[];
}

export interface JudgedAnswer {
  text: string;
  faults: readonly Fault[];
}

/** A rehearsal takes no orders, so what must come of one cannot be seen there. */
export function isRehearsable({ action }: Pick<TestTurn, 'action'>): boolean {
  return !action.some((one) => one === 'order' || one === 'placed');
}

/** Judges the answers to a conversation of the set, turn by turn. Pure. */
export function judgeTurns(
  { turns, language }: { turns: readonly TestTurn[]; language: TurnLanguage },
  answers: readonly PlayedAnswer[],
  { name, faqs, named }: SetShop,
): JudgedAnswer[] {
  return turns.map((turn, at) => {
    const answer = answers[at];
    if (!answer) return { text: '', faults: [] };
    const products = [...named, ...answer.known.map(toLabelled)];
    const file = { shop: { name }, products, answers: faqs.map((faq) => ({ ...faq })) };
    const addresses = [...answer.known.map(({ url }) => url ?? ''), ...addressesIn(faqs, answer.heard)];
    const shop = { file, products: new Map(named.map((one) => [one.id, one])), facts: factsOf(file, addresses) };
    const saidIn = turn.language ?? language;
    return { text: answer.text, faults: judge(turn, saidIn, answer, shop).filter((fault) => counts(fault, turn)) };
  });
}

/** Nobody said what the answer is about, so no answer of the shop's is off it. */
function counts({ rule }: Fault, { must, says }: TestTurn): boolean {
  return rule !== 'off_topic' || must.length > 0 || says.length > 0;
}

function addressesIn(faqs: readonly Faq[], heard: string): string[] {
  return [heard, ...faqs.map(({ answer }) => answer)].flatMap((text) => text.match(/https?:\/\/[^\s)»"]+/g) ?? []);
}

/** Persian where it cannot be told: most of the field's customers write it. */
export function languageOfWords(text: string): TurnLanguage {
  return detectLanguage(text) ?? 'fa';
}
