import { describe, expect, it } from 'vitest';
import { AccountBreaker, type RequestResult } from '../../../src/outbox/account-breaker.ts';

const LIMITS = {
  failuresToOpen: 4,
  openMs: 1000,
  openAtMostMs: 3000,
  pauseAtMostMs: 10_000,
  troubleAfter: 3,
  troubleMs: 500,
};
const sent: RequestResult = { kind: 'sent' };
const noAnswer: RequestResult = { kind: 'no_answer' };
const refused = (contact: string | null): RequestResult => ({ kind: 'refused', contact });

function breakerThatFailed(times: number): AccountBreaker {
  const breaker = new AccountBreaker(LIMITS);
  for (let count = 0; count < times; count += 1) breaker.note(noAnswer, false, 0);
  return breaker;
}

describe('AccountBreaker', () => {
  it('lets requests begin until so many in a row had no answer', () => {
    expect(breakerThatFailed(3).admit('x', 0)).toEqual({ isOpen: true, isProbe: false });
    expect(breakerThatFailed(4).admit('x', 0)).toEqual({ isOpen: false, retryAtMs: 1000 });
  });

  it('counts failures in a row only', () => {
    const breaker = breakerThatFailed(3);
    breaker.note(refused('a'), false, 0);
    breaker.note(noAnswer, false, 0);
    expect(breaker.admit('x', 0)).toMatchObject({ isOpen: true });
  });

  it('lets one request try it after the pause, and everybody once that was answered', () => {
    const breaker = breakerThatFailed(4);
    expect(breaker.admit('x', 999)).toMatchObject({ isOpen: false });
    expect(breaker.admit('x', 1000)).toEqual({ isOpen: true, isProbe: true });
    expect(breaker.admit('x', 1000)).toMatchObject({ isOpen: false });
    breaker.note(sent, true, 1100);
    expect(breaker.admit('x', 1100)).toEqual({ isOpen: true, isProbe: false });
  });

  it('waits twice as long after each probe without an answer, up to a limit', () => {
    const breaker = breakerThatFailed(4);
    const retryAts: unknown[] = [];
    for (const atMs of [1000, 3000, 6000]) {
      expect(breaker.admit('x', atMs)).toMatchObject({ isProbe: true });
      breaker.note(noAnswer, true, atMs);
      retryAts.push(breaker.admit('x', atMs));
    }
    expect(retryAts.map((admission) => (admission as { retryAtMs: number }).retryAtMs)).toEqual([3000, 6000, 9000]);
  });

  it('gives the probe to the next when one ended without asking', () => {
    const breaker = breakerThatFailed(4);
    breaker.admit('x', 1000);
    breaker.dropProbe();
    expect(breaker.admit('x', 1000)).toEqual({ isOpen: true, isProbe: true });
  });

  it('closes when a request that was under way is answered after all', () => {
    const breaker = breakerThatFailed(4);
    breaker.note(sent, false, 100);
    expect(breaker.admit('x', 100)).toEqual({ isOpen: true, isProbe: false });
  });

  it('leaves a provider in peace for the time that it names, whatever was under way, and not for ever', () => {
    const breaker = new AccountBreaker(LIMITS);
    breaker.note({ kind: 'put_off', forMs: 2000, sendId: 'first' }, false, 0);
    breaker.note(sent, false, 100);
    expect(breaker.admit('x', 1999)).toEqual({ isOpen: false, retryAtMs: 2000 });
    expect(breaker.admit('x', 2000)).toEqual({ isOpen: true, isProbe: true });
    breaker.note({ kind: 'put_off', forMs: 86_400_000, sendId: null }, true, 2000);
    expect(breaker.admit('x', 2100)).toEqual({ isOpen: false, retryAtMs: 12_000 });
  });

  it('lets what the provider put off come back when it does, because it was told the time', () => {
    const breaker = new AccountBreaker(LIMITS);
    breaker.note({ kind: 'put_off', forMs: 2000, sendId: 'first' }, false, 0);
    expect(breaker.admit('second', 1990)).toMatchObject({ isOpen: false });
    expect(breaker.admit('first', 1990)).toEqual({ isOpen: true, isProbe: true });
    breaker.note(noAnswer, true, 1990);
    expect(breaker.admit('first', 2500)).toMatchObject({ isOpen: false });
  });

  it('calls it trouble when failures last, and not while they are few or fresh', () => {
    const breaker = new AccountBreaker(LIMITS);
    for (const atMs of [0, 100]) breaker.note(noAnswer, false, atMs);
    expect(breaker.troubleAt(5000)).toBeNull();
    breaker.note(noAnswer, false, 200);
    expect(breaker.troubleAt(499)).toBeNull();
    expect(breaker.troubleAt(500)).toBe('no_answer');
    breaker.note(sent, false, 600);
    expect(breaker.troubleAt(9000)).toBeNull();
  });

  it('calls it trouble when it is open, but not when the provider asked for a pause', () => {
    expect(breakerThatFailed(4).troubleAt(0)).toBe('no_answer');
    const breaker = new AccountBreaker(LIMITS);
    breaker.note({ kind: 'put_off', forMs: 2000, sendId: 'first' }, false, 0);
    expect(breaker.troubleAt(100)).toBeNull();
  });

  it('calls it trouble when several customers in a row are refused, but not when one is again and again', () => {
    const breaker = new AccountBreaker(LIMITS);
    for (const contact of ['a', 'a', 'a', 'a', null, 'b']) breaker.note(refused(contact), false, 0);
    expect(breaker.troubleAt(0)).toBeNull();
    breaker.note(refused('c'), false, 0);
    expect(breaker.troubleAt(0)).toBe('refuses_everybody');
    breaker.note(sent, false, 0);
    expect(breaker.troubleAt(0)).toBeNull();
  });

  it('tells the first that was sent after one that was not', () => {
    const breaker = new AccountBreaker(LIMITS);
    expect(breaker.note(sent, false, 0)).toBe(false);
    expect(breaker.isPristine).toBe(true);
    breaker.note(refused(null), false, 0);
    expect(breaker.isPristine).toBe(false);
    expect(breaker.note(sent, false, 0)).toBe(true);
    expect(breaker.note(sent, false, 0)).toBe(false);
  });
});
