import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer, readCompletion } from '../../../../src/replies/models/completion.ts';
import { UnreadableBodyError } from '../../../../src/replies/models/provider-errors.ts';

const completion = (content: unknown, more: object = {}) =>
  readCompletion({
    choices: [{ finish_reason: 'stop', message: { content }, ...more }],
    usage: { prompt_tokens: 3, completion_tokens: 4 },
  });
const proposal = (content: string) => {
  const reading = readAnswer(completion(content));
  return reading.ok ? reading.proposal : reading.problem;
};
const GOOD = { text: 'Hi', action: 'reply', purchaseIntent: true, intent: 'greeting' };

describe('readCompletion', () => {
  it('reads content, usage and what OpenRouter says about cost', () => {
    const read = readCompletion({
      choices: [{ message: { content: [{ type: 'text', text: 'a' }, { text: 'b' }, { type: 'image' }] } }],
      usage: { prompt_tokens: 10, completion_tokens: 2, cost: 0.0000123 },
    });
    expect(read).toMatchObject({ content: 'ab', inputTokens: 10, outputTokens: 2, costMicros: 13 });
  });

  it('survives wrong types in what matters less', () => {
    const read = readCompletion({
      choices: [{ message: { content: 'a' }, finish_reason: 7 }],
      usage: { prompt_tokens: 'many' },
    });
    expect(read).toMatchObject({ content: 'a', finishReason: null, inputTokens: null });
  });

  it('sees an error within a good status, in the body or in the choice', () => {
    expect(readCompletion({ error: { code: 502 } }).error).toEqual({ code: 502 });
    expect(readCompletion({ choices: [{ error: { code: 429 } }] }).error).toEqual({ code: 429 });
    expect(readCompletion({ choices: [{ finish_reason: 'error', message: { content: '' } }] }).error).toEqual({});
    expect(completion('fine').error).toBeUndefined();
  });

  it.each([null, undefined, '', '<html>', [], {}, { choices: [] }, { choices: 'x' }, 7])(
    'rejects the body %j',
    (body) => {
      expect(() => readCompletion(body)).toThrow(UnreadableBodyError);
    },
  );

  it('reads JSON that came under another content type', () => {
    expect(readCompletion('{"choices":[{"message":{"content":"a"}}]}').content).toBe('a');
  });
});

describe('readAnswer', () => {
  it.each([
    JSON.stringify(GOOD),
    `\n\n${JSON.stringify({ ...GOOD, extra: { deep: [1] } })}`,
    `\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\``,
    `Sure! Here it is: ${JSON.stringify(GOOD)} Anything else?`,
    JSON.stringify({ reply: 'Hi', action: 'reply', purchase_intent: true, intent: 'greeting' }),
  ])('reads %j', (content) => {
    expect(proposal(content)).toEqual(GOOD);
  });

  it('lets wrong values of the lesser fields fall back', () => {
    expect(proposal('{"text":"Hi","action":"explode","purchaseIntent":"yes","intent":"DROP TABLE"}')).toEqual({
      text: 'Hi',
      action: 'reply',
      purchaseIntent: false,
      intent: 'other',
    });
  });

  it.each(['Hello there!', 'سلام! بفرمایید.', '"a quoted sentence"', '42', 'use {braces} freely', 'null'])(
    'takes plain text %j for the reply',
    (content) => {
      expect(proposal(content)).toMatchObject({ action: 'reply', purchaseIntent: false, intent: 'other' });
    },
  );

  it.each([
    ['', 'it is empty'],
    ['   ', 'it is empty'],
    ['{"text":"Hel', 'the JSON is not valid'],
    ['```json\n{"text":', 'the JSON is not valid'],
    ['Here: {"text": "a', 'the JSON is not valid'],
    ['{"action":"reply"}', '"text" is missing'],
    ['{"text":null}', '"text" is missing'],
    ['[1,2]', 'it is not a JSON object'],
    ['x'.repeat(100_000), 'it is far too long'],
  ])('finds no answer in %j', (content, problem) => {
    expect(proposal(content)).toBe(problem);
  });

  it('accepts silence without a text, and no other action', () => {
    expect(proposal('{"action":"silent"}')).toMatchObject({ action: 'silent', text: '' });
    expect(proposal('{"action":"handoff"}')).toBe('"text" is missing');
  });

  it('takes a refusal and a content filter for no answer', () => {
    const refusal = readCompletion({ choices: [{ message: { content: null, refusal: 'no' } }] });
    expect(readAnswer(refusal)).toEqual({ ok: false, problem: 'the model refused' });
    expect(readAnswer(completion('half', { finish_reason: 'content_filter' })).ok).toBe(false);
  });

  it('asks for less when the JSON was cut off', () => {
    const reading = readAnswer(completion('{"text":"a', { finish_reason: 'length' }));
    expect(reading).toEqual({ ok: false, problem: 'the JSON was cut off; be shorter' });
  });

  it('takes what a model says to itself for no part of the answer, in plain text and within JSON', () => {
    expect(proposal('<think>A question.</think>{"text":"Hi","action":"handoff"}')).toMatchObject({
      text: 'Hi',
      action: 'handoff',
    });
    expect(proposal('{"text":"<think>A question.</think>Hi"}')).toMatchObject({ text: 'Hi' });
    expect(proposal('<think>A question. {"text":"Hi"}')).toBe('it holds thinking and no answer');
  });

  it.each(['length', 'max_tokens', 'MAX_TOKENS'])('asks for less when plain text was cut off (%s)', (reason) => {
    const cut = { finish_reason: reason };
    const problem = 'it was cut off; be shorter';
    expect(readAnswer(completion('Wipe it first. Then take some', cut))).toEqual({
      ok: false,
      problem,
      begun: { text: 'Wipe it first.', action: 'reply', purchaseIntent: false, intent: 'other' },
    });
    expect(readAnswer(completion('Then take some', cut))).toEqual({ ok: false, problem });
    expect(readAnswer(completion('Wipe it first. Then take some')).ok).toBe(true);
  });

  it('never throws, whatever the content', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json()),
        (content) => typeof readAnswer(completion(content)).ok === 'boolean',
      ),
    );
  });
});
