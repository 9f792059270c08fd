import { describe, expect, it } from 'vitest';
import { explain, readToolNote, splitLatency, type Why } from '../../../../admin/src/decisions/why.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

function buildWhy(decision: Partial<Why['decision']> = {}, facts: Why['facts'] = {}): Why {
  return {
    decision: {
      id: 'd',
      conversationId: 'c',
      turnId: 't',
      messageIds: ['m1', 'm2'],
      outboundIds: ['o1'],
      state: 'decided',
      outcome: 'reply',
      intent: 'price',
      purchaseIntent: false,
      promptName: 'reply',
      promptVersion: 'v1',
      model: 'gpt',
      usage: [{ provider: 'openai', model: 'gpt', latencyMs: 300 }],
      checks: [],
      inputTokens: 1,
      outputTokens: 1,
      costMicros: 1,
      latencyMs: 400,
      reason: '',
      createdAt: at(1000),
      decidedAt: at(1000),
      ...decision,
    },
    facts,
    conversation: { id: 'c', channel: 'simulator', contactName: 'Sara', workflowUrl: '' },
    messages: [
      { id: 'm1', kind: 'text', text: 'a', sentAt: at(0), receivedAt: at(0), dispatchedAt: at(500) },
      { id: 'm2', kind: 'text', text: 'b', sentAt: at(100), receivedAt: at(100), dispatchedAt: at(500) },
    ],
    prompts: [],
    followUp: null,
    tickets: [],
    sends: [{ sendingAt: at(1010), sentAt: at(1100) } as Why['sends'][number]],
  };
}

describe('splitLatency', () => {
  it('goes from the last message to the channel’s word without a gap', () => {
    const stretches = splitLatency(buildWhy());
    expect(stretches.map(({ words, ms }) => [words, ms])).toEqual([
      ['waited', 400],
      ['queued', 100],
      ['thought', 400],
      ['to_send', 10],
      ['provider', 90],
    ]);
  });

  it('leaves out what is not known', () => {
    expect(splitLatency({ ...buildWhy({ decidedAt: null }), sends: [] }).map(({ words }) => words)).toEqual(['waited']);
  });
});

describe('explain', () => {
  const words = (why: Why) => explain(why, 'Price').map((saying) => saying.words);

  it('names the model and its instructions', () => {
    expect(explain(buildWhy(), 'Price')[1]).toEqual({ words: 'model', values: { model: 'gpt', prompt: 'reply v1' } });
  });

  it('tells the built-in responder from a fixed sentence and from a model', () => {
    const builtin = [{ provider: 'builtin', model: 'builtin', latencyMs: 0 }];
    expect(words(buildWhy({ usage: builtin }))).toContain('builtin');
    expect(words(buildWhy({ usage: [], promptName: 'fixed' }))).toContain('fixed');
    expect(words(buildWhy({ usage: builtin, promptName: 'catalog' }))).toEqual(['intent', 'catalog']);
    expect(words(buildWhy({ usage: [], promptName: 'order_form' }))).toContain('order_form');
    expect(words(buildWhy())).not.toContain('builtin');
  });

  it('says which answer of the shop was used, and what replaced a model’s words', () => {
    expect(words(buildWhy({ reason: 'replaced_by_checks' }, { faqsUsed: ['Hours?'] }))).toEqual([
      'intent',
      'model',
      'faq',
      'replaced',
    ]);
  });

  it('says of an answer that was taken back nothing else', () => {
    expect(words(buildWhy({ state: 'superseded' }))).toEqual(['superseded']);
  });

  it('says that all checks passed only when there were some and all did', () => {
    const check = (passed: boolean) => ({ name: 'links', passed });
    expect(words(buildWhy({ checks: [check(true)] }))).toContain('checks_ok');
    expect(words(buildWhy({ checks: [check(true), check(false)] }))).not.toContain('checks_ok');
    expect(words(buildWhy())).not.toContain('checks_ok');
  });
});

describe('readToolNote', () => {
  it('reads what a search found', () => {
    expect(readToolNote('near, 3 found')).toEqual([{ words: 'near' }, { words: 'found', values: { count: 3 } }]);
    expect(readToolNote('good, 1 found, of what was pointed at').at(-1)).toEqual({ words: 'pointed_at' });
  });

  it('reads how many were suggested', () => {
    expect(readToolNote('2 suggested')).toEqual([{ words: 'suggested', values: { count: 2 } }]);
  });

  it('reads nothing into other words', () => {
    expect(readToolNote('it went well')).toEqual([]);
  });
});
