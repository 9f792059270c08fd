import { describe, expect, it } from 'vitest';
import { channelFormOf } from '../../../../src/channels/channel-forms.ts';
import { DEFAULT_LOOP_POLICY } from '../../../../src/conversations/core/policy.ts';
import { consentStage } from '../../../../src/replies/consent-stage.ts';
import { FIXED_TEXTS } from '../../../../src/replies/fixed-texts.ts';
import { createBuiltinModel } from '../../../../src/replies/models/builtin-model.ts';
import { createPromptStore } from '../../../../src/replies/prompts/prompts.ts';
import { type RehearsalStep, rehearse } from '../../../../src/replies/rehearsal/rehearse.ts';

// Goal: a rehearsal shows what the house would do. Method: scripts over the real core, gate and built-in responder.

const HOUR_MS = 3_600_000;
const startMs = Date.UTC(2026, 0, 5, 9, 0);
const model = createBuiltinModel(createPromptStore());

function play(steps: RehearsalStep[], channel = 'simulator') {
  const deps = {
    policy: {
      windowMs: 24 * HOUR_MS,
      takeoverMs: 2 * HOUR_MS,
      loop: DEFAULT_LOOP_POLICY,
      decideLocally: true,
      maxHistoryEvents: null,
    },
    followUp: { enabled: true, delayMs: 12 * HOUR_MS, message: null, quietHours: null },
    form: channelFormOf(channel),
    model,
    stages: [consentStage],
    context: {
      businessId: 'b',
      businessName: 'Shop',
      businessPrompt: '',
      businessLanguage: 'en' as const,
      timeZone: 'UTC',
      aiEnabled: true,
      channel,
      contactLanguage: null,
      optedOut: false,
      transcript: [],
      faqs: [],
    },
    startMs,
  };
  return rehearse(deps, steps);
}

const BUY = { say: 'Hello, I want to buy the red shoes' };

describe('rehearse', () => {
  it('answers, plans a follow-up and sends it when twelve hours have passed', async () => {
    const { entries, end } = await play([BUY, { waitHours: 11 }, { waitHours: 2 }]);
    const followUps = entries.filter(({ author }) => author === 'follow-up');
    expect(entries.find(({ kind }) => kind === 'follow_up_planned')?.dueAtMs).toBe(startMs + 2000 + 12 * HOUR_MS);
    expect(followUps).toMatchObject([{ kind: 'sent', step: 2, atMs: startMs + 2000 + 12 * HOUR_MS }]);
    expect(end).toMatchObject({ mode: 'bot', status: 'open', followUpDueAtMs: null });
  });

  it('closes the window after a day, and a person’s words are held back from then on', async () => {
    const { entries, end } = await play([BUY, { waitHours: 25 }, { write: 'Are you there?' }]);
    expect(end.status).toBe('window_closed');
    expect(entries.at(-1)).toMatchObject({ kind: 'blocked', author: 'human', reason: 'window_closed' });
  });

  it('cancels the follow-up when a person takes over, and lets the bot come back by itself', async () => {
    const { entries, end } = await play([BUY, { takeOver: true }, { waitHours: 3 }]);
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'follow_up_cancelled', step: 1 }));
    expect(entries.filter(({ kind }) => kind === 'mode').map(({ text }) => text)).toEqual(['human', 'bot']);
    expect(entries.some(({ author }) => author === 'follow-up')).toBe(false);
    expect(end.mode).toBe('bot');
  });

  it('leaves a message alone that comes while a person is in charge', async () => {
    const { entries } = await play([{ takeOver: true }, { say: 'Hello?' }]);
    expect(entries.some(({ author }) => author === 'bot')).toBe(false);
  });

  it('tells the customer of a loop once, and is silent from then on', async () => {
    const { entries, end } = await play([...Array(6)].map(() => ({ say: 'Hello, what are your opening hours?' })));
    const texts = entries.filter(({ kind, author }) => kind === 'sent' && author === 'bot').map(({ text }) => text);
    expect(texts).toHaveLength(4);
    expect(texts.filter((text) => text === FIXED_TEXTS.loopNotice.en)).toEqual([texts[3]]);
    expect(end.mode).toBe('paused');
  });

  it('sends no reminder to somebody who opted out', async () => {
    const { entries } = await play([BUY, { say: 'STOP' }, { waitHours: 20 }]);
    expect(entries.some(({ author, kind }) => author === 'follow-up' && kind === 'sent')).toBe(false);
  });
});
