import { describe, expect, it } from 'vitest';
import {
  cleanTurn,
  countRuns,
  fromChoices,
  pathToTest,
  type TestRun,
  toChoices,
} from '../../../../admin/src/test-set/test-set.ts';

const answer = (faults: number) => ({
  text: 'x',
  faults: Array.from({ length: faults }, () => ({ rule: 'must', detail: '' })),
});
const turn = (before: number, after: number | null, isSkipped = false) => ({
  say: ['hi'],
  isSkipped,
  before: answer(before),
  after: after === null ? null : answer(after),
  isWorse: before === 0 && after !== null && after > 0,
});
const run = (...turns: TestRun['turns']): TestRun => ({ id: '1', name: 'x', turns });

describe('countRuns', () => {
  it('counts what is right, with what is tried where something is, and leaves out what cannot be judged', () => {
    expect(countRuns([run(turn(0, null), turn(1, null)), run(turn(1, null, true))])).toEqual({
      ...{ turns: 2, good: 1, worse: 0, skipped: 1 },
    });
    expect(countRuns([run(turn(0, 1), turn(1, 0), turn(0, 0))])).toEqual({ turns: 3, good: 2, worse: 1, skipped: 0 });
    expect(countRuns([])).toEqual({ turns: 0, good: 0, worse: 0, skipped: 0 });
  });
});

describe('a turn in the form', () => {
  it('shows other ways to put a thing behind a stroke, and reads them back as typed', () => {
    expect(toChoices([['سه روز', '3 days'], ['رایگان']])).toBe('سه روز | 3 days\nرایگان');
    expect(toChoices(fromChoices('a | b\n\nc '))).toBe('a | b\n\nc ');
    expect(toChoices(undefined)).toBe('');
  });

  it('is sent without empty lines, and with an action', () => {
    const typed = { say: ['hello ', ''], must: [[' a', ''], ['']], mustNot: ['', 'b'], action: [] };
    expect(cleanTurn(typed)).toEqual({ say: ['hello'], must: [['a']], mustNot: ['b'], action: ['answer'] });
  });

  it('is filled with what a customer wrote', () => {
    const path = pathToTest({ say: ['ارسال؟ & more'], conversationId: '7' });
    const source = JSON.parse(new URLSearchParams(path.split('?')[1]).get('source') ?? '');
    expect(source).toEqual({
      name: 'ارسال؟ & more',
      conversationId: '7',
      turns: [{ say: ['ارسال؟ & more'], action: ['answer'] }],
    });
  });
});
