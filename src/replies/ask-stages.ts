import type { DecidedTimers } from '../conversations/core/timer.ts';
import { showsWishToBuy } from '../follow-ups/rules.ts';
import type { OutboundContent } from '../text/message.ts';
import type { DecisionFacts } from './decision-facts.ts';
import type { Stage, StageAnswer, StageResult, StoreWithDecision, TurnInterest, TurnKnowledge } from './stage.ts';
import type { Turn } from './turn.ts';

/** What the stages made of a turn together. */
export interface TurnResult {
  /** Null when no stage answered. */
  answer: StageAnswer | null;
  facts: DecisionFacts;
  /** Null: no timer changes. */
  timers: DecidedTimers | null;
  lessons: TurnInterest[];
  stores: StoreWithDecision[];
}

/** Asks the stages in their order until everything is answered, and joins what they said. */
export async function askStages(stages: readonly Stage[], turn: Turn): Promise<TurnResult> {
  const results: StageResult[] = [];
  for (const stage of stages) {
    const result = await stage.take(turn);
    if (!result) continue;
    results.push(result);
    if (result.context) turn.known = addKnowledge(turn.known, result.context);
    if (!result.answer) continue;
    const { covers } = result.answer;
    turn.open = covers ? turn.open.filter((position) => !covers.includes(position)) : [];
    if (turn.open.length === 0) break;
    turn.answered = [...turn.answered, result.answer.text];
  }
  const joined = joinResults(results);
  const wantsToBuy = results.some((result) => result.wantsToBuy);
  return { ...joined, answer: joined.answer && askRules(joined.answer, wantsToBuy, turn, joined.lessons) };
}

/** A model that answers in plain text says nothing of a wish to buy, and any other may miss it: the rules see it as well. */
function askRules(
  answer: StageAnswer,
  wantsToBuy: boolean,
  { intents }: Turn,
  lessons: readonly TurnInterest[],
): StageAnswer {
  if (answer.knowsIntent || answer.purchaseIntent || answer.outcome !== 'reply') return answer;
  const hasProducts = lessons.some(({ products }) => products.length > 0);
  return { ...answer, purchaseIntent: wantsToBuy || showsWishToBuy({ intents, hasProducts }) };
}

function addKnowledge(known: TurnKnowledge | null, { products, focusIds, orders }: TurnKnowledge): TurnKnowledge {
  const all = [...(known?.products ?? []), ...products];
  const ordered = orders ?? known?.orders;
  return {
    ...(ordered ? { orders: ordered } : {}),
    products: [...new Map(all.map((product) => [product.id, product])).values()],
    focusIds: [...new Set([...(known?.focusIds ?? []), ...focusIds])],
  };
}

function joinResults(results: readonly StageResult[]): TurnResult {
  const said = joinAnswers(results.flatMap(({ answer }) => answer ?? []));
  const counted = said?.outcome === 'reply' ? results : results.filter(({ reminder }) => !reminder);
  const reminders = counted.flatMap(({ reminder }) => reminder || []);
  const timers = counted.flatMap((result) => result.timers ?? []);
  return {
    answer: said && reminders.reduce(remind, said),
    facts: Object.assign({}, ...counted.map(({ facts }) => facts)),
    timers:
      timers.length === 0
        ? null
        : { set: timers.flatMap(({ set }) => set), cancel: timers.flatMap(({ cancel }) => cancel) },
    lessons: counted.flatMap(({ lesson }) => lesson ?? []),
    stores: counted.flatMap(({ store }) => store ?? []),
  };
}

function remind(answer: StageAnswer, reminder: string): StageAnswer {
  const contents = answer.contents && [...answer.contents, { kind: 'text' as const, text: reminder }];
  return { ...answer, text: `${answer.text}\n\n${reminder}`, ...(contents ? { contents } : {}) };
}

/** The weightiest first: one part that needs a person makes the whole a matter for one. */
const OUTCOMES = ['handoff', 'fallback', 'opt_out', 'reply', 'silent'] as const satisfies StageAnswer['outcome'][];

/** Answers to parts of a turn as one, in the order of the stages; what can be only one is the first's. */
function joinAnswers(answers: readonly StageAnswer[]): StageAnswer | null {
  const [first, ...others] = answers;
  if (!first || others.length === 0) return first ?? null;
  const contents = answers.some((answer) => answer.contents) ? answers.flatMap(contentsOf) : null;
  return {
    ...first,
    text: answers.flatMap(({ text }) => text || []).join('\n\n'),
    ...(contents ? { contents } : {}),
    outcome: OUTCOMES.find((outcome) => answers.some((answer) => answer.outcome === outcome)) ?? first.outcome,
    ...joinIntents(answers),
    usage: answers.flatMap(({ usage }) => usage),
    checks: answers.flatMap(({ checks }) => checks),
    ticket: answers.find(({ ticket }) => ticket)?.ticket ?? null,
    reason: answers.find(({ reason }) => reason)?.reason ?? '',
  };
}

/** Who knows whether the customer still wants to buy is believed before those who only think so. */
function joinIntents(answers: readonly StageAnswer[]): Pick<StageAnswer, 'purchaseIntent' | 'knowsIntent'> {
  const knowing = answers.filter(({ knowsIntent }) => knowsIntent);
  const purchaseIntent = (knowing.length > 0 ? knowing : answers).some((answer) => answer.purchaseIntent);
  return { purchaseIntent, knowsIntent: knowing.length > 0 };
}

/** What an answer consists of, as channels take it. */
export function contentsOf({ text, contents, outcome }: StageAnswer): OutboundContent[] {
  return outcome === 'silent' ? [] : (contents ?? [{ kind: 'text', text }]);
}
