import { describe, expect, it } from 'vitest';
import {
  type Command,
  type ConversationEvent,
  type ConversationState,
  isIdle,
  isOver,
  newConversation,
  nextDeadlineMs,
} from '../../../../src/conversations/core/state.ts';
import { MAX_SUPERSEDES, transition } from '../../../../src/conversations/core/transition.ts';
import { buildDecided, buildEvent, buildPolicy, buildReceived, HOUR_MS, NOON_MS } from '../../../support/builders.ts';

/** Feeds events one after the other and remembers the last commands. */
class Conversation {
  state: ConversationState = newConversation(buildPolicy());
  commands: Command[] = [];
  nowMs = NOON_MS;

  feed(event: ConversationEvent): this {
    const next = transition(this.state, event, this.nowMs);
    this.state = next.state;
    this.commands = next.commands;
    return this;
  }
  receive(...seqs: number[]): this {
    return this.feed(buildReceived(seqs.map((seq) => buildEvent(seq, { atMs: this.nowMs }))));
  }
  decide(changes: Parameters<typeof buildDecided>[1] = {}): this {
    return this.feed(buildDecided(this.state.turn?.id ?? 'none', changes));
  }
  /** Goes on to `seq` answered: one message, decided and sent. */
  answer(seq: number, changes: Parameters<typeof buildDecided>[1] = {}): this {
    return this.receive(seq).decide(changes).feed({ type: 'send_finished', origin: 'turn' });
  }
  record(begunTurnIds: string[] = [], plannedIds: string[] = []): this {
    while (this.state.recording) this.feed({ type: 'recorded', begunTurnIds, plannedIds });
    return this;
  }
  at(nowMs: number): this {
    this.nowMs = nowMs;
    return this;
  }
  types(): string[] {
    return this.commands.map((command) => command.type);
  }
  command<Type extends Command['type']>(type: Type): Extract<Command, { type: Type }> {
    const found = this.commands.find((command) => command.type === type);
    if (!found) throw new Error(`No ${type} among ${this.types().join(', ')}`);
    return found as Extract<Command, { type: Type }>;
  }
}

const followUp = (dueAtMs = NOON_MS + 12 * HOUR_MS) => ({ id: 'follow-1', dueAtMs });

describe('transition: turns', () => {
  it('answers a burst with one decision and sends what that planned', () => {
    const conversation = new Conversation().receive(1, 2, 3);
    expect(conversation.command('decide')).toMatchObject({
      messageIds: ['m1', 'm2', 'm3'],
      supersedesTurnIds: [],
      windowExpiresAtMs: NOON_MS + 24 * HOUR_MS,
    });
    conversation.decide({ outboundIds: ['a', 'b'] });
    expect(conversation.commands).toEqual([
      { type: 'send', origin: 'turn', outboundIds: ['a', 'b'], followUpId: null },
    ]);
    conversation.feed({ type: 'send_finished', origin: 'turn' });
    expect(conversation.commands).toEqual([]);
    expect(isIdle(conversation.state)).toBe(true);
  });

  it('takes an answer still being thought back for a newer message, and answers both', () => {
    const conversation = new Conversation().receive(1);
    const first = conversation.command('decide').turnId;
    conversation.receive(2);
    expect(conversation.types()).toEqual(['record']);
    expect(conversation.command('record').changes.abandonTurns).toEqual({ turnIds: [first], reason: 'superseded' });
    conversation.record();
    expect(conversation.types()).toEqual(['cancel_decide', 'decide']);
    expect(conversation.command('decide')).toMatchObject({ messageIds: ['m1', 'm2'], supersedesTurnIds: [first] });
    const second = conversation.command('decide').turnId;
    conversation.receive(3).record();
    expect(conversation.command('decide').supersedesTurnIds).toEqual([first, second]);
  });

  it('lets an answer stand whose sending began before it could be taken back: the newer message is the next turn', () => {
    const conversation = new Conversation().receive(1);
    const turnId = conversation.command('decide').turnId;
    conversation.receive(2).record([turnId]);
    expect(conversation.types()).toEqual([]);
    expect(conversation.receive(3).types()).toEqual([]);
    conversation.decide({ sent: true });
    expect(conversation.command('decide')).toMatchObject({ messageIds: ['m2', 'm3'], supersedesTurnIds: [] });
  });

  it('waits for the ledger when the decision ends first, and believes what was sent without it', () => {
    const unsent = new Conversation()
      .receive(1)
      .receive(2)
      .decide({ outboundIds: ['a'] });
    expect(unsent.types()).toEqual([]);
    expect(unsent.record().command('decide').messageIds).toEqual(['m1', 'm2']);
    const begun = new Conversation()
      .receive(1)
      .receive(2)
      .decide({ outboundIds: ['a'] });
    expect(begun.record([begun.state.turn?.id ?? '']).command('send').outboundIds).toEqual(['a']);
    const sent = new Conversation()
      .receive(1)
      .receive(2)
      .decide({ outboundIds: ['a'], sent: true });
    expect(sent.command('decide').messageIds).toEqual(['m2']);
  });

  it('has nothing left to send of what left at once, and asks to see an answer first that could close a loop', () => {
    const conversation = new Conversation();
    const same = { askedMark: 'a', replyMark: 'r', sent: true };
    for (const seq of [1, 2, 3]) {
      conversation.receive(seq);
      expect(conversation.command('decide').decideOnly).toBeUndefined();
      expect(conversation.decide(same).types()).toEqual([]);
    }
    expect(isIdle(conversation.state)).toBe(true);
    expect(conversation.receive(4).command('decide').decideOnly).toBe(true);
  });

  it('ignores the decision of a turn that was taken back', () => {
    const conversation = new Conversation().receive(1);
    const first = conversation.command('decide').turnId;
    conversation.receive(2).record().feed(buildDecided(first));
    expect(conversation.commands).toEqual([]);
    expect(conversation.state.busy).toBe('decide');
  });

  it('stops restarting after the last allowed time and leaves the rest to the next turn', () => {
    const conversation = new Conversation().receive(1);
    for (let seq = 2; seq <= MAX_SUPERSEDES + 1; seq += 1) {
      conversation.receive(seq).record();
      expect(conversation.types()).toEqual(['cancel_decide', 'decide']);
    }
    conversation.receive(50);
    expect(conversation.commands).toEqual([]);
    expect(conversation.decide().types()).toEqual(['send']);
    conversation.feed({ type: 'send_finished', origin: 'turn' });
    expect(conversation.command('decide')).toMatchObject({ messageIds: ['m50'], supersedesTurnIds: [] });
  });

  it('finishes its turn and begins nothing new while it hands over to the next run, which takes up what waited', () => {
    const conversation = new Conversation().receive(1).feed({ type: 'hold' }).receive(2);
    expect(conversation.types()).toEqual([]);
    conversation.decide({ outboundIds: ['a'] });
    expect(conversation.command('send').outboundIds).toEqual(['a']);
    conversation.feed({ type: 'send_outbound', outboundId: 'by-hand' }).feed({ type: 'send_finished', origin: 'turn' });
    expect(conversation.types()).toEqual([]);
    expect(isIdle(conversation.record().state)).toBe(true);

    conversation.state = { ...conversation.state, holding: false };
    expect(conversation.feed({ type: 'tick' }).command('send')).toMatchObject({ outboundIds: ['by-hand'] });
  });

  it('never takes back what is being sent: a newer message waits for the end', () => {
    const conversation = new Conversation().receive(1).decide().receive(2);
    expect(conversation.commands).toEqual([]);
    conversation.feed({ type: 'send_finished', origin: 'turn' });
    expect(conversation.command('decide').messageIds).toEqual(['m2']);
  });

  it('has no effect twice', () => {
    const conversation = new Conversation().receive(1, 2);
    const before = conversation.state;
    conversation.receive(1, 2);
    expect(conversation.commands).toEqual([]);
    expect(conversation.state).toEqual(before);
  });

  it('answers a message once that is replayed while it is at work, and again when it is replayed later', () => {
    const conversation = new Conversation().receive(1);
    const replay = (seq: number) => conversation.feed(buildReceived([buildEvent(seq, { messageId: 'm1' })]));
    replay(2).record();
    expect(conversation.command('decide').messageIds).toEqual(['m1']);
    conversation.decide();
    replay(3).feed({ type: 'send_finished', origin: 'turn' });
    expect(isIdle(conversation.state)).toBe(true);
    expect(conversation.state.waiting).toEqual([]);
    // The number of a replay tells when it was asked for.
    const beforeAnswerSeq = (conversation.nowMs - 1) * 1000;
    replay(beforeAnswerSeq);
    expect(conversation.commands).toEqual([]);
    replay((conversation.nowMs + 1) * 1000);
    expect(conversation.command('decide').messageIds).toEqual(['m1']);
  });

  it('answers a message that is replayed although its turn was taken back unanswered', () => {
    const conversation = new Conversation().receive(1).decide({ outcome: 'discarded', outboundIds: [] });
    conversation.feed(buildReceived([buildEvent(2, { messageId: 'm1' })]));
    expect(conversation.command('decide').messageIds).toEqual(['m1']);
  });

  it('answers a message once that is replayed while its decision cannot be taken back any more', () => {
    const conversation = new Conversation().receive(1).feed({ type: 'hold' });
    conversation.feed(buildReceived([buildEvent(2, { messageId: 'm1' })]));
    expect(conversation.decide().types()).toEqual(['send']);
    expect(conversation.state.waiting).toEqual([]);
  });

  it('goes on after a decision that failed for good, with a ticket and the turn taken back', () => {
    const conversation = new Conversation().receive(1);
    const turnId = conversation.command('decide').turnId;
    conversation.feed({ type: 'decide_failed', turnId, note: 'not_found' });
    expect(conversation.command('record').changes).toEqual({
      ticket: { reason: 'model_failed', note: 'not_found' },
      abandonTurns: { turnIds: [turnId], reason: 'decide_failed' },
      settledSeq: 1,
    });
    expect(conversation.receive(2).command('decide').messageIds).toEqual(['m2']);
  });

  it('sends nothing for a silent decision', () => {
    const conversation = new Conversation().receive(1).decide({ outcome: 'silent', outboundIds: [] });
    expect(conversation.commands).toEqual([]);
    expect(isIdle(conversation.state)).toBe(true);
  });

  it('tells the decision of an opt-out', () => {
    const conversation = new Conversation().feed(buildReceived([buildEvent(1, { kind: 'opt_out' })]));
    expect(conversation.command('decide').optOut).toBe(true);
    expect(new Conversation().receive(1).command('decide').optOut).toBe(false);
  });
});

describe('transition: people', () => {
  it('stops the thinking bot at a take-over, keeps the question, and answers it after the release', () => {
    const conversation = new Conversation().receive(1);
    const turnId = conversation.command('decide').turnId;
    conversation.feed({ type: 'take_over', untilMs: null });
    expect(conversation.types()).toEqual(['record']);
    expect(conversation.command('record').changes).toMatchObject({
      mode: 'human',
      modeUntilMs: NOON_MS + 2 * HOUR_MS,
      abandonTurns: { turnIds: [turnId], reason: 'human_took_over' },
    });
    expect(conversation.record().types()).toEqual(['cancel_decide']);
    expect(conversation.receive(2).commands).toEqual([]);
    conversation.feed({ type: 'release' });
    expect(conversation.types(), 'the gate still reads the old mode').toEqual(['record']);
    conversation.record();
    expect(conversation.command('decide').messageIds).toEqual(['m1', 'm2']);
    expect(conversation.command('decide').turnId).not.toBe(turnId);
  });

  it('gives the conversation back by itself when the take-over ends', () => {
    const untilMs = NOON_MS + HOUR_MS;
    const conversation = new Conversation().receive(1).feed({ type: 'take_over', untilMs }).record();
    expect(nextDeadlineMs(conversation.state, NOON_MS)).toBe(untilMs);
    expect(conversation.at(untilMs - 1).feed({ type: 'tick' }).commands).toEqual([]);
    expect(conversation.at(untilMs).feed({ type: 'tick' }).types()).toEqual(['record']);
    expect(conversation.record().types()).toEqual(['decide']);
    expect(conversation.state.mode).toBe('bot');
  });

  it('takes a message on the page for a take-over that answered what waited', () => {
    const conversation = new Conversation()
      .receive(1)
      .feed(buildReceived([buildEvent(2, { kind: 'page_message', messageId: 'p2' })]));
    expect(conversation.types()).toEqual(['record']);
    expect(conversation.record().state).toMatchObject({ mode: 'human', waiting: [], turn: null });
    conversation.feed({ type: 'release' });
    expect(conversation.types()).toEqual(['record']);
  });

  it('sends what people write in order, one after the other, after what is being sent', () => {
    const conversation = new Conversation().receive(1).decide();
    conversation.feed({ type: 'send_outbound', outboundId: 'h1' }).feed({ type: 'send_outbound', outboundId: 'h2' });
    expect(conversation.types()).not.toContain('send');
    conversation.feed({ type: 'send_finished', origin: 'turn' });
    expect(conversation.command('send')).toMatchObject({ origin: 'operator', outboundIds: ['h1', 'h2'] });
    expect(conversation.state.mode).toBe('human');
  });

  it('hands over only after the line that says so is out', () => {
    const conversation = new Conversation().receive(1).decide({ outcome: 'handoff' });
    expect(conversation.state.mode).toBe('bot');
    conversation.feed({ type: 'send_finished', origin: 'turn' });
    expect(conversation.state.mode).toBe('human');
    expect(conversation.command('record').changes).toMatchObject({ mode: 'human' });
  });

  it('closes: nothing waits, nothing is thought, and the next message opens it again', () => {
    const conversation = new Conversation().receive(1).feed({ type: 'close' });
    expect(conversation.command('record').changes).toMatchObject({ status: 'closed', settledSeq: 1 });
    expect(conversation.types()).toEqual(['record']);
    expect(isOver(conversation.state, NOON_MS)).toBe(false);
    expect(isOver(conversation.record().state, NOON_MS)).toBe(true);
    expect(conversation.receive(2).command('record').changes).toEqual({ status: 'open' });
    expect(isOver(conversation.state, NOON_MS)).toBe(false);
  });

  it('tells each asker when its own change is written', () => {
    const conversation = new Conversation().feed({ type: 'take_over', untilMs: null });
    const first = conversation.state.recordsAsked;
    conversation.feed({ type: 'release' });
    const second = conversation.state.recordsAsked;
    conversation.feed({ type: 'recorded' });
    expect(conversation.state.recordsDone).toBe(first);
    expect(conversation.command('record').changes).toMatchObject({ mode: 'bot' });
    expect(conversation.feed({ type: 'recorded' }).state.recordsDone).toBe(second);
  });

  it('writes each turn taken back, also when hands change faster than it is written, and begins the next only then', () => {
    const conversation = new Conversation().receive(1);
    const begun = [conversation.command('decide').turnId];
    const written: string[] = [];
    const note = () => {
      for (const command of conversation.commands) {
        if (command.type === 'decide') begun.push(command.turnId);
        if (command.type === 'record') written.push(...(command.changes.abandonTurns?.turnIds ?? []));
      }
    };
    for (const seq of [2, 3, 4]) {
      conversation.feed({ type: 'take_over', untilMs: null });
      note();
      conversation.feed({ type: 'release' });
      note();
      conversation.receive(seq);
      note();
      expect(conversation.state.busy, 'the ledger has not answered').toBe('decide');
      while (conversation.state.recording) {
        conversation.feed({ type: 'recorded' });
        note();
      }
    }
    expect(begun).toHaveLength(4);
    expect(written).toEqual(begun.slice(0, -1));
  });
});

describe('transition: time', () => {
  it('sends a follow-up when it is due and not before', () => {
    const conversation = new Conversation().answer(1, { followUp: followUp() });
    expect(nextDeadlineMs(conversation.state, NOON_MS)).toBe(followUp().dueAtMs);
    expect(conversation.at(followUp().dueAtMs - 1).feed({ type: 'tick' }).commands).toEqual([]);
    conversation.at(followUp().dueAtMs).feed({ type: 'tick' });
    expect(conversation.commands).toEqual([
      { type: 'send', origin: 'follow_up', outboundIds: [], followUpId: 'follow-1' },
    ]);
    conversation.feed({ type: 'send_finished', origin: 'follow_up' });
    expect(conversation.state.followUp).toBeNull();
  });

  it('does not wake for a follow-up while it is being sent, nor for one that a long send holds up', () => {
    const dueAtMs = followUp().dueAtMs;
    const due = new Conversation().answer(1, { followUp: followUp() }).at(dueAtMs).feed({ type: 'tick' });
    expect(due.state.busy).toBe('send');
    expect(nextDeadlineMs(due.state, dueAtMs)).toBe(NOON_MS + 24 * HOUR_MS);
    const held = new Conversation().receive(1).decide({ followUp: followUp() });
    expect(nextDeadlineMs(held.state, dueAtMs - 1)).toBe(dueAtMs);
    held.at(dueAtMs).feed({ type: 'tick' });
    expect(nextDeadlineMs(held.state, dueAtMs)).toBe(NOON_MS + 24 * HOUR_MS);
    expect(held.feed({ type: 'send_finished', origin: 'turn' }).command('send').followUpId).toBe('follow-1');
  });

  it.each<[string, ConversationEvent]>([
    ['the customer writes', buildReceived([buildEvent(2)])],
    ['the customer opts out', buildReceived([buildEvent(2, { kind: 'opt_out' })])],
    ['a person takes over', { type: 'take_over', untilMs: null }],
    ['a person writes', { type: 'send_outbound', outboundId: 'h1' }],
    ['somebody writes on the page', buildReceived([buildEvent(2, { kind: 'page_message' })])],
    ['an operator closes', { type: 'close' }],
    ['an operator cancels it', { type: 'cancel_follow_up', followUpId: 'follow-1' }],
  ])('forgets a follow-up when %s, and has that written', (_, event) => {
    const conversation = new Conversation().answer(1, { followUp: followUp() }).feed(event);
    expect(conversation.state.followUp).toBeNull();
    const cancelled = conversation.commands.map((command) =>
      command.type === 'decide'
        ? command.cancelFollowUpId
        : command.type === 'record'
          ? command.changes.cancelFollowUp?.id
          : null,
    );
    expect(cancelled).toContain('follow-1');
  });

  it('still has a follow-up cancelled when the decision that should do it is stopped or fails', () => {
    const stopped = new Conversation().answer(1, { followUp: followUp() }).receive(2);
    stopped.feed({ type: 'take_over', untilMs: null });
    expect(stopped.command('record').changes.cancelFollowUp?.id).toBe('follow-1');
    const failed = new Conversation().answer(1, { followUp: followUp() }).receive(2);
    failed.feed({ type: 'decide_failed', turnId: failed.state.turn?.id ?? '', note: 'x' });
    expect(failed.command('record').changes.cancelFollowUp?.id).toBe('follow-1');
    const again = new Conversation().answer(1, { followUp: followUp() }).receive(2).receive(3).record();
    expect(again.command('decide').cancelFollowUpId).toBe('follow-1');
  });

  it('moves a follow-up only if it is the pending one', () => {
    const conversation = new Conversation().answer(1, { followUp: followUp() });
    const dueAtMs = NOON_MS + HOUR_MS;
    conversation.feed({ type: 'reschedule_follow_up', followUpId: 'another', dueAtMs });
    expect(conversation.state.followUp).toEqual(followUp());
    conversation.record().feed({ type: 'reschedule_follow_up', followUpId: 'follow-1', dueAtMs });
    expect(conversation.command('record').changes.rescheduleFollowUp).toEqual({ id: 'follow-1', dueAtMs });
    expect(nextDeadlineMs(conversation.state, NOON_MS)).toBe(dueAtMs);
  });

  it('shows that the window closed, once, and what waited is not answered any more', () => {
    const expiresAtMs = NOON_MS + 24 * HOUR_MS;
    const conversation = new Conversation().feed({ type: 'take_over', untilMs: expiresAtMs + HOUR_MS }).record();
    conversation.receive(1).at(expiresAtMs).feed({ type: 'tick' });
    expect(conversation.command('record').changes).toEqual({ status: 'window_closed', settledSeq: 1 });
    expect(conversation.state.waiting).toEqual([]);
    expect(conversation.record().feed({ type: 'tick' }).commands).toEqual([]);
    expect(conversation.receive(2).state.status).toBe('open');
  });

  it('counts the window from the last message, never from the future', () => {
    const conversation = new Conversation().feed(buildReceived([buildEvent(1, { atMs: NOON_MS + 48 * HOUR_MS })]));
    expect(conversation.state.lastCustomerAtMs).toBe(NOON_MS);
    conversation.feed(buildReceived([buildEvent(2, { atMs: NOON_MS - HOUR_MS })]));
    expect(conversation.state.lastCustomerAtMs).toBe(NOON_MS);
  });

  it('breaks a loop: the bot falls silent for a time, the answer is not sent, a person is called', () => {
    const conversation = new Conversation();
    const same = { askedMark: 'a', replyMark: 'r' };
    for (const seq of [1, 2, 3]) expect(conversation.answer(seq, same).state.mode).toBe('bot');
    conversation.receive(4).decide(same);
    expect(conversation.types()).toEqual(['record']);
    expect(conversation.command('record').changes).toMatchObject({
      mode: 'paused',
      ticket: { reason: 'loop' },
      abandonTurns: { reason: 'loop' },
      settledSeq: 4,
    });
    const untilMs = conversation.state.modeUntilMs as number;
    conversation.record().receive(5);
    expect(conversation.commands, 'nobody was told, because they were told before').toEqual([]);
    expect(conversation.at(untilMs).feed({ type: 'tick' }).record().command('decide').messageIds).toEqual(['m5']);
  });

  it('tells the customer of a loop with the row that the record planned, once, whatever else is written', () => {
    const conversation = new Conversation();
    const same = { askedMark: 'a', replyMark: 'r' };
    for (const seq of [1, 2, 3]) conversation.answer(seq, same);
    conversation.receive(4).decide(same);
    const { pauseMs } = conversation.state.policy.loop;
    expect(conversation.command('record').changes.notice).toEqual({ reason: 'loop', withinMs: pauseMs });
    conversation.receive(5);
    expect(conversation.commands, 'nothing is sent before its row is there').toEqual([]);
    conversation.record([], ['notice-1']);
    expect(conversation.commands).toEqual([
      { type: 'send', origin: 'operator', outboundIds: ['notice-1'], followUpId: null },
    ]);
    expect(isIdle(conversation.state)).toBe(false);
    conversation.feed({ type: 'send_finished', origin: 'operator' });
    expect(conversation.commands).toEqual([]);
    expect(conversation.state).toMatchObject({ mode: 'paused', outbox: [] });
  });

  it('hands the words about a loop to the next run when it holds', () => {
    const conversation = new Conversation();
    const same = { askedMark: 'a', replyMark: 'r' };
    for (const seq of [1, 2, 3]) conversation.answer(seq, same);
    conversation.receive(4).decide(same).feed({ type: 'hold' }).record([], ['notice-1']);
    expect(conversation.commands).toEqual([]);
    expect(isIdle(conversation.state)).toBe(true);
    expect(conversation.state.outbox).toEqual(['notice-1']);
  });
});
