import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Command,
  type ConversationEvent,
  type ConversationState,
  type DecideCommand,
  type EventKind,
  isIdle,
  newConversation,
  nextDeadlineMs,
  type SendCommand,
} from '../../../../src/conversations/core/state.ts';
import type { ConversationTimer, TimerChange } from '../../../../src/conversations/core/timer.ts';
import { transition } from '../../../../src/conversations/core/transition.ts';
import { TIMER_KINDS, TIMER_RULES, type TimerKind } from '../../../../src/timer-kinds.ts';
import { buildDecided, buildEvent, buildPolicy, buildReceived, NOON_MS } from '../../../support/builders.ts';

/** A few seconds of work, which a machine that is busy with other tests may stretch. */
const BUSY_MACHINE_MS = 120_000;

/** Short enough that random waits cross every limit. */
const POLICY = buildPolicy({
  windowMs: 1000,
  takeoverMs: 300,
  loop: { withinMs: 500, sameExchanges: 3, sameReplies: 4, replies: 6, pauseMs: 200 },
});

type Step =
  | { do: 'receive'; kinds: EventKind[]; ageMs: number }
  | { do: 'repeat'; back: number }
  | {
      do: 'decided';
      outcome: 'reply' | 'handoff' | 'silent' | 'discarded';
      followUpInMs: number | null;
      mark: string;
      formInMs?: number | null;
      sent?: boolean;
    }
  | { do: 'begin_sending' }
  | { do: 'stale_decided' | 'decide_failed' | 'send_finished' | 'recorded' }
  | { do: 'wait'; ms: number }
  | { do: 'next_deadline' }
  | { do: 'take_over'; forMs: number | null }
  | { do: 'release' | 'close' | 'send_outbound' }
  | { do: 'cancel_follow_up' }
  | { do: 'reschedule_follow_up'; inMs: number }
  | { do: 'set_timer'; kind: TimerKind; inMs: number }
  | { do: 'cancel_timer'; nth: number }
  | { do: 'reschedule_timer'; nth: number; inMs: number };

const kind = fc.constantFrom<EventKind>('message', 'message', 'message', 'page_message', 'opt_out', 'opt_in');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: receive() },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), back: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 7, arbitrary: decided() },
  { weight: 7, arbitrary: fc.constant<Step>({ do: 'send_finished' }) },
  { weight: 5, arbitrary: fc.constant<Step>({ do: 'recorded' }) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'begin_sending' }) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'next_deadline' }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 700 }) }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'stale_decided' }, { do: 'decide_failed' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('take_over' as const),
      forMs: fc.option(fc.integer({ min: 1, max: 400 }), { nil: null }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>(
      { do: 'release' },
      { do: 'close' },
      { do: 'send_outbound' },
      { do: 'cancel_follow_up' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('reschedule_follow_up' as const), inMs: fc.integer({ min: 1, max: 400 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('set_timer' as const),
      kind: fc.constantFrom(...TIMER_KINDS),
      inMs: fc.integer({ min: 1, max: 900 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel_timer' as const), nth: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('reschedule_timer' as const),
      nth: fc.nat(4),
      inMs: fc.integer({ min: 1, max: 900 }),
    }),
  },
);

function receive(): fc.Arbitrary<Step> {
  return fc.record({
    do: fc.constant('receive' as const),
    kinds: fc.array(kind, { minLength: 1, maxLength: 3 }),
    ageMs: fc.constantFrom(0, 0, 0, 50, 2000),
  });
}

function decided(): fc.Arbitrary<Step> {
  return fc.record({
    do: fc.constant('decided' as const),
    outcome: fc.constantFrom<'reply' | 'handoff' | 'silent' | 'discarded'>(
      'reply',
      'reply',
      'reply',
      'handoff',
      'silent',
      'discarded',
    ),
    followUpInMs: fc.option(fc.integer({ min: 1, max: 900 }), { nil: null }),
    mark: fc.constantFrom('a', 'b', 'c'),
    formInMs: fc.option(fc.integer({ min: 1, max: 400 }), { nil: null, freq: 3 }),
    sent: fc.boolean(),
  });
}

/** Plays a shell around the core and holds it to its promises after every step. */
class Shell {
  state: ConversationState = newConversation(POLICY);
  nowMs = NOON_MS;
  #seq = 0;
  #outbound = 0;
  #lastEvents: ConversationEvent[] = [];
  #deciding: DecideCommand | null = null;
  #sending: SendCommand | null = null;
  #stale: string[] = [];
  #recording = false;
  /** Messages of customers, by what became of them. */
  readonly #turnsOf = new Map<string, string[]>();
  readonly #takenBack = new Set<string>();
  /** Turns whose sending has begun, and turns that were abandoned before it: the ledger's word. */
  readonly #begun = new Set<string>();
  readonly #abandoned = new Set<string>();
  /** What is being written, in the order of its making. */
  #toAbandon: { turnIds: string[]; reason: string } | null = null;
  #toTell = false;
  /** Let go on purpose: a person answered, the window closed, somebody closed. */
  readonly #excused = new Set<string>();
  #promise: { id: string; dueAtMs: number } | null = null;
  /** By a decision that may not count yet, because the ledger is being asked about its turn. */
  #planned: { id: string; dueAtMs: number } | null = null;
  readonly #outboxed: string[] = [];
  readonly #operatorSent: string[] = [];
  /** Timers that the panel shows as pending. */
  readonly #shownTimers = new Map<string, ConversationTimer>();
  #timers = 0;

  run(step: Step): void {
    switch (step.do) {
      case 'receive': {
        const events = step.kinds.map((kind) => {
          this.#seq += 1;
          const messageId = kind === 'page_message' ? `p${this.#seq}` : `m${this.#seq}`;
          return buildEvent(this.#seq, { kind, messageId, atMs: this.nowMs - step.ageMs });
        });
        for (const event of events) this.#expectMessage(event.kind, event.messageId as string);
        const received = buildReceived(events, POLICY);
        this.#lastEvents.push(received);
        return this.#feed(received);
      }
      case 'repeat': {
        const again = this.#lastEvents.at(-step.back);
        if (!again) return;
        const before = this.state;
        expect(transition(before, again, this.nowMs)).toEqual({ state: before, commands: [] });
        return;
      }
      case 'decided':
        return this.#decide(step);
      case 'stale_decided': {
        const stale = this.#stale.at(-1);
        if (!stale) return;
        const before = this.state;
        this.#feed(buildDecided(stale));
        expect({ ...this.state, recordsAsked: 0 }).toEqual({ ...before, recordsAsked: 0 });
        return;
      }
      case 'decide_failed':
        if (!this.#deciding) return;
        return this.#end('deciding', { type: 'decide_failed', turnId: this.#deciding.turnId, note: 'x' });
      case 'send_finished':
        if (!this.#sending) return;
        if (this.#sending.origin === 'follow_up') this.#promise = null;
        return this.#end('sending', { type: 'send_finished', origin: this.#sending.origin });
      case 'recorded':
        if (!this.#recording) return;
        this.#recording = false;
        return this.#feed({ type: 'recorded', begunTurnIds: this.#abandonInLedger(), plannedIds: this.#planNotice() });
      case 'begin_sending':
        if (this.#deciding && !this.#deciding.decideOnly && !this.#abandoned.has(this.#deciding.turnId))
          this.#begun.add(this.#deciding.turnId);
        return;
      case 'wait':
        this.nowMs += step.ms;
        return this.#tickIfDue();
      case 'next_deadline': {
        const nextMs = nextDeadlineMs(this.state, this.nowMs);
        if (nextMs !== null) this.nowMs = Math.max(this.nowMs, nextMs);
        return this.#tickIfDue();
      }
      case 'take_over':
        this.#promise = null;
        return this.#feed({ type: 'take_over', untilMs: step.forMs === null ? null : this.nowMs + step.forMs });
      case 'release':
        return this.#feed({ type: 'release' });
      case 'close':
        this.#promise = null;
        this.#excuseOpen();
        return this.#feed({ type: 'close' });
      case 'send_outbound': {
        this.#promise = null;
        this.#excuseOpen();
        this.#outbound += 1;
        const outboundId = `h${this.#outbound}`;
        this.#outboxed.push(outboundId);
        return this.#feed({ type: 'send_outbound', outboundId });
      }
      case 'cancel_follow_up': {
        const followUpId = this.state.followUp?.id ?? 'none';
        // The one that is being sent cannot be called back.
        if (this.#sending?.origin !== 'follow_up') this.#promise = null;
        return this.#feed({ type: 'cancel_follow_up', followUpId });
      }
      case 'reschedule_follow_up': {
        if (!this.state.followUp || this.#sending?.origin === 'follow_up') return;
        const followUp = { id: this.state.followUp.id, dueAtMs: this.nowMs + step.inMs };
        this.#promise = followUp;
        return this.#feed({ type: 'reschedule_follow_up', followUpId: followUp.id, dueAtMs: followUp.dueAtMs });
      }
      case 'set_timer': {
        this.#timers += 1;
        const id = `t${this.#timers}`;
        const outboundIds = step.kind === 'send_later' ? [`${id}.1`, `${id}.2`] : undefined;
        const timer = { id, kind: step.kind, dueAtMs: this.nowMs + step.inMs, ...(outboundIds ? { outboundIds } : {}) };
        return this.#feed({ type: 'set_timer', timer, createdBy: 'u1' });
      }
      case 'cancel_timer': {
        const timerId = this.state.timers?.[step.nth]?.id ?? 'none';
        this.#feed({ type: 'cancel_timer', timerId });
        expect(this.state.timers?.some(({ id }) => id === timerId)).toBe(false);
        return;
      }
      case 'reschedule_timer': {
        const timerId = this.state.timers?.[step.nth]?.id ?? 'none';
        return this.#feed({ type: 'reschedule_timer', timerId, dueAtMs: this.nowMs + step.inMs });
      }
    }
  }

  /** Lets everything under way end; nobody is owed anything then but what waits for a person. */
  drain(): void {
    for (let rounds = 0; !isIdle(this.state); rounds += 1) {
      expect(rounds).toBeLessThan(200);
      if (this.#recording) this.run({ do: 'recorded' });
      if (this.#deciding) this.run({ do: 'decided', outcome: 'reply', followUpInMs: null, mark: `d${rounds}` });
      if (this.#sending) this.run({ do: 'send_finished' });
    }
    expect(this.state.recordsDone).toBe(this.state.recordsAsked);
    expect(this.#operatorSent).toEqual(this.#outboxed);
    expect([...this.#shownTimers.values()].sort(byId), 'the panel shows what is pending').toEqual(
      [...(this.state.timers ?? [])].sort(byId),
    );
    const waiting = new Set(this.state.waiting.map((message) => message.messageId));
    for (const [messageId, turns] of this.#turnsOf) {
      const kept = turns.filter((turn) => !this.#takenBack.has(turn));
      expect(kept.length, `${messageId} was answered in ${kept.join(', ')}`).toBeLessThanOrEqual(1);
      if (waiting.has(messageId)) expect(kept, `${messageId} waits`).toEqual([]);
      else if (kept.length === 0) expect(this.#excused, `${messageId} was lost`).toContain(messageId);
    }
  }

  #decide(step: Extract<Step, { do: 'decided' }>): void {
    if (!this.#deciding) return;
    const { turnId, decideOnly } = this.#deciding;
    const outcome = this.#abandoned.has(turnId) ? 'discarded' : this.#begun.has(turnId) ? 'reply' : step.outcome;
    const answers = outcome === 'reply' || outcome === 'handoff';
    const sent = answers && !decideOnly && step.sent !== false;
    if (sent) this.#begun.add(turnId);
    const promise =
      outcome === 'reply' && step.followUpInMs !== null
        ? { id: `f-${turnId}`, dueAtMs: this.nowMs + step.followUpInMs }
        : null;
    this.#promise = null;
    this.#planned = promise;
    const decision = buildDecided(turnId, {
      outcome,
      outboundIds: answers ? [`o-${turnId}`] : [],
      followUp: promise,
      askedMark: step.mark,
      replyMark: step.mark,
      ...(sent ? { sent } : {}),
      ...(step.formInMs && outcome !== 'discarded' ? { timers: this.#formTimers(step.formInMs) } : {}),
    });
    this.#end('deciding', decision);
  }

  /** A form's every step moves the end of it. */
  #formTimers(inMs: number) {
    return { set: [{ id: 'form', kind: 'order_form' as const, dueAtMs: this.nowMs + inMs }], cancel: ['no such'] };
  }

  #end(lane: 'deciding' | 'sending', event: ConversationEvent): void {
    if (lane === 'deciding') this.#deciding = null;
    else this.#sending = null;
    this.#feed(event);
  }

  #expectMessage(kind: EventKind, messageId: string): void {
    this.#promise = this.#sending?.origin === 'follow_up' ? this.#promise : null;
    if (kind === 'page_message') this.#excuseOpen();
    else this.#turnsOf.set(messageId, []);
  }

  /** From here on nobody owes an answer to what was asked so far. */
  #excuseOpen(): void {
    for (const messageId of this.#turnsOf.keys()) this.#excused.add(messageId);
  }

  #tickIfDue(): void {
    const dueMs = nextDeadlineMs(this.state, this.nowMs);
    if (dueMs === null || dueMs > this.nowMs) return;
    this.#feed({ type: 'tick' });
    const nextMs = nextDeadlineMs(this.state, this.nowMs);
    expect(nextMs ?? Number.POSITIVE_INFINITY).toBeGreaterThan(this.nowMs);
  }

  #feed(event: ConversationEvent): void {
    const before = structuredClone(this.state);
    const next = transition(this.state, event, this.nowMs);
    expect(this.state, 'the given state stays as it was').toEqual(before);
    const restored = JSON.parse(JSON.stringify(before)) as ConversationState;
    expect(transition(restored, event, this.nowMs), 'a restored state behaves the same').toEqual(next);
    this.state = next.state;
    if (this.#planned && next.state.followUp?.id === this.#planned.id) {
      this.#promise = this.#planned;
      this.#planned = null;
    }
    this.#checkFired(before, event);
    if (before.status !== 'window_closed' && next.state.status === 'window_closed') this.#excuseWaiting(before);
    for (const command of next.commands) this.#execute(command);
    this.#checkState();
  }

  #excuseWaiting(before: ConversationState): void {
    for (const message of before.waiting) this.#excused.add(message.messageId);
  }

  #execute(command: Command): void {
    switch (command.type) {
      case 'cancel_decide':
        expect(this.#deciding, 'only a decision under way is cancelled').not.toBeNull();
        expect(this.#begun, 'nothing whose sending began').not.toContain((this.#deciding as DecideCommand).turnId);
        this.#takeBack((this.#deciding as DecideCommand).turnId);
        this.#deciding = null;
        return;
      case 'decide':
        expect(this.#deciding ?? this.#sending, 'one thing at a time').toBeNull();
        expect(this.state.mode).toBe('bot');
        expect(command.messageIds.length).toBeGreaterThan(0);
        for (const turnId of command.supersedesTurnIds) expect(this.#abandoned).toContain(turnId);
        for (const messageId of command.messageIds) this.#turnsOf.get(messageId)?.push(command.turnId);
        this.#deciding = command;
        return;
      case 'send':
        expect(this.#deciding ?? this.#sending, 'one thing at a time').toBeNull();
        this.#sending = command;
        if (command.origin === 'operator') this.#operatorSent.push(...command.outboundIds);
        if (command.origin === 'follow_up') this.#checkFollowUp(command);
        else expect(command.outboundIds.length).toBeGreaterThan(0);
        return;
      case 'record':
        expect(this.#recording, 'one record at a time').toBe(false);
        this.#recording = true;
        for (const change of command.changes.timers ?? []) this.#showTimer(change);
        this.#toAbandon = command.changes.abandonTurns ?? null;
        this.#toTell = command.changes.notice !== undefined;
        return;
    }
  }

  #showTimer(change: TimerChange): void {
    if (change.type === 'set') {
      this.#shownTimers.set(change.timer.id, change.timer);
      return;
    }
    expect(this.#shownTimers.has(change.id), 'a timer ends once').toBe(true);
    if (change.state === 'done')
      expect(this.#shownTimers.get(change.id)?.dueAtMs, 'not before its time').toBeLessThanOrEqual(this.nowMs);
    this.#shownTimers.delete(change.id);
  }

  /** What a timer was to send is sent once, when it went off, and never else. */
  #checkFired(before: ConversationState, event: ConversationEvent): void {
    if (event.type !== 'tick') return;
    const left = new Set(this.state.timers?.map(({ id }) => id));
    const fired = (before.timers ?? []).filter(({ id }) => !left.has(id)).sort((a, b) => a.dueAtMs - b.dueAtMs);
    for (const timer of fired) this.#outboxed.push(...(timer.outboundIds ?? []));
  }

  /** What the customer is told of a loop leaves like a person's words: once. */
  #planNotice(): string[] {
    if (!this.#toTell) return [];
    this.#toTell = false;
    this.#outbound += 1;
    const id = `n${this.#outbound}`;
    this.#outboxed.push(id);
    return [id];
  }

  /** What is written of turns: those whose sending has begun stay as they are. */
  #abandonInLedger(): string[] {
    const { turnIds, reason } = this.#toAbandon ?? { turnIds: [], reason: '' };
    this.#toAbandon = null;
    for (const turnId of turnIds) {
      if (this.#begun.has(turnId)) continue;
      this.#abandoned.add(turnId);
      // The turn of a loop or of a failure was an answer to its messages all the same: a person was called.
      if (reason !== 'loop' && reason !== 'decide_failed') this.#takenBack.add(turnId);
    }
    return turnIds.filter((turnId) => this.#begun.has(turnId));
  }

  #takeBack(turnId: string): void {
    this.#takenBack.add(turnId);
    this.#stale.push(turnId);
  }

  #checkFollowUp(command: SendCommand): void {
    expect(this.#promise?.id, 'only a promise that still stands').toBe(command.followUpId);
    expect(this.#promise?.dueAtMs).toBeLessThanOrEqual(this.nowMs);
    expect(this.state.mode).toBe('bot');
    expect(this.state.waiting).toEqual([]);
  }

  #checkState(): void {
    const { state } = this;
    expect(state.busy).toBe(this.#deciding ? 'decide' : this.#sending ? 'send' : null);
    expect(state.recording).toBe(this.#recording);
    if (!state.recording) expect(state.toRecord).toEqual([]);
    const asksLedger = state.turn?.takeBack != null || state.recordsDone < state.modeRecord;
    if (state.mode === 'bot' && state.busy === null && !asksLedger) expect(state.waiting).toEqual([]);
    if (state.mode !== 'bot' && !asksLedger && !state.turn?.begun) expect(state.turn?.step).not.toBe('deciding');
    if (state.mode === 'bot') expect(state.modeUntilMs).toBeNull();
    const kinds = (state.timers ?? []).map(({ kind }) => kind).filter((kind) => TIMER_RULES[kind].single);
    expect(new Set(kinds).size, 'one of a single kind').toBe(kinds.length);
  }
}

const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);

describe('transition', () => {
  it(
    'keeps its promises through any order of events, results, waits and operators',
    () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
          const shell = new Shell();
          for (const one of steps) shell.run(one);
          shell.drain();
        }),
        { numRuns: 1500 },
      );
    },
    BUSY_MACHINE_MS,
  );
});
