import type { z } from 'zod';
import type { testRun } from '../../../src/replies/test-set/actions.ts';
import type { testConversationRecord } from '../../../src/replies/test-set/resource.ts';

export type TestConversation = z.output<typeof testConversationRecord>;
type TestTurn = TestConversation['turns'][number];
/** What one conversation of the set was answered, and what is wrong with it. */
export type TestRun = z.output<typeof testRun>;

/** What is tried before it is published. */
export interface Candidate {
  faq?: { question: string; answer: string };
  promptVersionId?: string;
  withModel?: boolean;
}

export interface RunCounts {
  turns: number;
  good: number;
  worse: number;
  skipped: number;
}

/** How the turns of some runs did: with what was tried, where something was. */
export function countRuns(runs: readonly TestRun[]): RunCounts {
  const all = runs.flatMap(({ turns }) => turns);
  const judged = all.filter(({ isSkipped }) => !isSkipped);
  return {
    turns: judged.length,
    good: judged.filter(({ before, after }) => (after ?? before).faults.length === 0).length,
    worse: judged.filter(({ isWorse }) => isWorse).length,
    skipped: all.length - judged.length,
  };
}

/** Lines of a field as the API has them: one thing a line, other ways to say it behind a stroke. */
export const toLines = (values: readonly string[] | undefined): string => (values ?? []).join('\n');
export const fromLines = (text: string): string[] => text.split('\n');
export const toChoices = (values: readonly (readonly string[])[] | undefined): string =>
  (values ?? []).map((any) => any.join(' | ')).join('\n');
export const fromChoices = (text: string): string[][] => text.split('\n').map((line) => line.split(' | '));

/** What a form holds while somebody types, without its empty lines. */
export function cleanTurn(turn: Partial<TestTurn>): Partial<TestTurn> {
  const clean = (values: readonly string[] | undefined) => (values ?? []).map((one) => one.trim()).filter(Boolean);
  const { must = [], action = [] } = turn;
  return {
    ...turn,
    say: clean(turn.say),
    mustNot: clean(turn.mustNot),
    must: must.map(clean).filter((any) => any.length > 0),
    action: action.length > 0 ? action : ['answer'],
  };
}

/** The form of a new test conversation, filled with what a customer wrote. */
export function pathToTest(given: { say: readonly string[]; conversationId: string; language?: string }): string {
  const { say, conversationId, language } = given;
  const source = { name: (say[0] ?? '').slice(0, 80), turns: [{ say, action: ['answer'] }], conversationId };
  const filled = language ? { ...source, language } : source;
  return `/test-conversations/create?source=${encodeURIComponent(JSON.stringify(filled))}`;
}
