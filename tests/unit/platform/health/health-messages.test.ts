import { describe, expect, it } from 'vitest';
import { en } from '../../../../admin/src/i18n/en.ts';
import { fa } from '../../../../admin/src/i18n/fa.ts';
import { HEALTH_MESSAGES } from '../../../../src/features.ts';
import { inboxHealth } from '../../../../src/inbox/health.ts';
import { describeHealth, processCode } from '../../../../src/platform/health/health-messages.ts';

const HEALTH_CODES = Object.keys(HEALTH_MESSAGES);
const toActions = HEALTH_CODES.filter((code) => HEALTH_MESSAGES[code]?.action !== '');
const textsOf = (pick: 'message' | 'action') =>
  Object.fromEntries(
    HEALTH_CODES.map((code) => [code, HEALTH_MESSAGES[code]?.[pick]] as const).filter(([, text]) => text !== ''),
  );

describe('HEALTH_MESSAGES', () => {
  it('are the English texts of the panel', () => {
    expect(en.peyk.health.message).toEqual(textsOf('message'));
    expect(en.peyk.health.act).toEqual(textsOf('action'));
  });

  it('have a Persian text each, with the same parameters', () => {
    expect(Object.keys(fa.peyk.health.message).sort()).toEqual([...HEALTH_CODES].sort());
    expect(Object.keys(fa.peyk.health.act).sort()).toEqual([...toActions].sort());
    const parameters = (text: string) => (text.match(/%\{\w+\}/g) ?? []).sort();
    const persian: Readonly<Record<string, string>> = fa.peyk.health.message;
    for (const [code, { message }] of Object.entries(HEALTH_MESSAGES))
      expect(parameters(persian[code] ?? '')).toEqual(parameters(message));
  });
});

describe('describeHealth', () => {
  it('fills its parameters in, and says what to do only where there is something', () => {
    const { note, message, action } = describeHealth(inboxHealth.messages, 'relay_late', { count: 3, seconds: 42 });
    expect(message).toBe('3 conversations wait to be handed to Temporal, the oldest for 42 s.');
    expect(action).not.toBe('');
    expect(note).toBe(`${message} ${action}`);
    expect(describeHealth(inboxHealth.messages, 'relay_ok')).toMatchObject({
      code: 'relay_ok',
      params: {},
      action: '',
    });
  });
});

describe('processCode', () => {
  it('knows the parts that have words of their own, and no other', () => {
    expect([processCode('db', true), processCode('worker', false)]).toEqual(['db_ok', 'worker_down']);
    expect([processCode('moon', true), processCode('toString', false)]).toEqual(['part_ok', 'part_down']);
  });
});
