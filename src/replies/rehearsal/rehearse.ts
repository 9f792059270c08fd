import type { ChannelForm } from '../../channels/channel.ts';
import type { ConversationPolicy } from '../../conversations/core/policy.ts';
import {
  type Command,
  type ConversationEvent,
  type ConversationState,
  type DecideCommand,
  newConversation,
  nextDeadlineMs,
  type RecordChanges,
  type SendCommand,
  windowExpiresAtMs,
} from '../../conversations/core/state.ts';
import { transition } from '../../conversations/core/transition.ts';
import type { FollowUpPolicy } from '../../follow-ups/rules.ts';
import { gate } from '../../outbox/gate.ts';
import { markOf } from '../../text/fingerprint.ts';
import { detectOptOut } from '../../text/intents.ts';
import {
  type ConversationMode,
  type Language,
  type OutboundAuthor,
  type OutboundContent,
  textOf,
} from '../../text/message.ts';
import { isQuiet } from '../../text/quiet-hours.ts';
import { askStages, contentsOf } from '../ask-stages.ts';
import { FIXED_TEXTS } from '../fixed-texts.ts';
import { createTrialModelStage } from '../model-stage.ts';
import type { ReplyModel } from '../models/model.ts';
import { planFollowUp } from '../plan-decision.ts';
import { languageOf, type ReplyContext } from '../reply-context.ts';
import { toReplyRequest } from '../reply-request.ts';
import type { Stage, StageAnswer } from '../stage.ts';
import { readTurn, type Turn } from '../turn.ts';

/** One thing that happens in a rehearsal. */
export type RehearsalStep =
  | { say: string }
  | { waitHours: number }
  | { takeOver: true }
  | { release: true }
  | { write: string }
  | { close: true };

export interface RehearsalDeps {
  policy: ConversationPolicy;
  followUp: FollowUpPolicy;
  form: ChannelForm;
  /** Answers without any network; a rehearsal costs nothing. */
  model: ReplyModel;
  /** Those of a real turn; the model comes behind them. */
  stages: readonly Stage[];
  /** The shop as it is; its transcript is where the rehearsal's own is kept. */
  context: ReplyContext;
  startMs: number;
}

/** One line of what would happen. */
export interface RehearsalEntry {
  atMs: number;
  /** Which step of the script it belongs to, from 0. */
  step: number;
  kind:
    | 'customer'
    | 'sent'
    | 'blocked'
    | 'waited'
    | 'mode'
    | 'status'
    | 'follow_up_planned'
    | 'follow_up_cancelled'
    | 'ticket';
  author: OutboundAuthor | null;
  text: string;
  /** Why it was held back, cancelled or opened; the intent of what the bot said. */
  reason: string;
  content: OutboundContent | null;
  /** For `follow_up_planned`. */
  dueAtMs: number | null;
}

/** Where the conversation stands after the last step. */
export interface RehearsalEnd {
  nowMs: number;
  mode: ConversationMode;
  status: string;
  modeUntilMs: number | null;
  windowExpiresAtMs: number | null;
  followUpDueAtMs: number | null;
}

interface Planned {
  author: OutboundAuthor;
  purpose: string;
  content: OutboundContent;
  plannedAtMs: number;
  intent: string;
}

/** People need a moment between two messages, and the bot for its answer. */
const MOMENT_MS = 2000;
/** A script is bounded, and so is what may come of it. */
const MAX_ROUNDS = 2000;

/**
 * Plays a script on a clock of its own: the same transition function as the workflow's, the same gate as the send's,
 * and the built-in responder. Nothing is stored and nothing is sent.
 */
export async function rehearse(
  deps: RehearsalDeps,
  script: readonly RehearsalStep[],
): Promise<{ entries: RehearsalEntry[]; end: RehearsalEnd }> {
  const play = new Play(deps);
  for (const [index, step] of script.entries()) await play.take(index, step);
  return { entries: play.entries, end: play.end() };
}

class Play {
  readonly entries: RehearsalEntry[] = [];
  private readonly deps: RehearsalDeps;
  private state: ConversationState;
  private nowMs: number;
  private step = 0;
  private seq = 0;
  private rounds = 0;
  private optedOut = false;
  private readonly outbound = new Map<string, Planned>();
  private readonly words = new Map<string, string>();
  private followUpText = '';
  /** The customer's, as of their last words. */
  private language: Language;

  constructor(deps: RehearsalDeps) {
    this.deps = deps;
    this.nowMs = deps.startMs;
    this.language = languageOf(deps.context);
    this.state = newConversation(deps.policy);
  }

  async take(index: number, step: RehearsalStep): Promise<void> {
    this.step = index;
    if ('waitHours' in step) return this.wait(Math.round(step.waitHours * 3_600_000));
    this.nowMs += MOMENT_MS;
    if ('say' in step) return this.say(step.say);
    if ('write' in step) return this.write(step.write);
    if ('takeOver' in step) return this.feed({ type: 'take_over', untilMs: null });
    await this.feed({ type: 'release' in step ? 'release' : 'close' });
  }

  end(): RehearsalEnd {
    const { mode, status, modeUntilMs, followUp } = this.state;
    const ends = windowExpiresAtMs(this.state);
    return {
      nowMs: this.nowMs,
      mode,
      status,
      modeUntilMs,
      windowExpiresAtMs: ends,
      followUpDueAtMs: followUp?.dueAtMs ?? null,
    };
  }

  private async say(text: string): Promise<void> {
    this.seq += 1;
    const messageId = `message-${this.seq}`;
    const wish = detectOptOut(text);
    if (wish) this.optedOut = wish === 'opt_out';
    this.words.set(messageId, text);
    this.tell({ kind: 'customer', text });
    const events = [{ seq: this.seq, kind: wish ?? ('message' as const), messageId, atMs: this.nowMs }];
    await this.feed({ type: 'received', events, policy: this.deps.policy });
  }

  private async write(text: string): Promise<void> {
    for (const content of this.deps.form.fit({ kind: 'text', text })) {
      const id = this.plan({ author: 'human', purpose: 'manual', content, plannedAtMs: this.nowMs, intent: '' });
      await this.feed({ type: 'send_outbound', outboundId: id });
    }
  }

  /** Time passes in jumps, from one deadline of the conversation to the next. */
  private async wait(ms: number): Promise<void> {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const deadlineMs = nextDeadlineMs(this.state, this.nowMs);
      if (deadlineMs === null || deadlineMs > untilMs || this.isSpent()) break;
      this.nowMs = Math.max(this.nowMs, deadlineMs);
      await this.feed({ type: 'tick' });
    }
    this.nowMs = untilMs;
    this.tell({ kind: 'waited' });
  }

  private isSpent(): boolean {
    this.rounds += 1;
    return this.rounds > MAX_ROUNDS;
  }

  private async feed(first: ConversationEvent): Promise<void> {
    const queue: ConversationEvent[] = [first];
    for (let event = queue.shift(); event && !this.isSpent(); event = queue.shift()) {
      const before = this.state;
      const { state, commands } = transition(before, event, this.nowMs);
      this.state = state;
      if (state.mode !== before.mode) this.tell({ kind: 'mode', text: state.mode, reason: event.type });
      if (state.status !== before.status) this.tell({ kind: 'status', text: state.status });
      for (const command of commands) {
        const answer = await this.carryOut(command);
        if (answer) queue.push(answer);
      }
    }
  }

  private async carryOut(command: Command): Promise<ConversationEvent | null> {
    if (command.type === 'decide') return this.decide(command);
    if (command.type === 'send') return this.send(command);
    if (command.type !== 'record') return null;
    this.showChanges(command.changes);
    return { type: 'recorded', plannedIds: this.planNotice(command.changes) };
  }

  private showChanges({ cancelFollowUp, ticket }: RecordChanges): void {
    if (cancelFollowUp) this.tell({ kind: 'follow_up_cancelled', reason: cancelFollowUp.reason });
    if (ticket) this.tell({ kind: 'ticket', reason: ticket.reason });
  }

  private planNotice({ notice }: RecordChanges): string[] {
    if (!notice) return [];
    const content: OutboundContent = { kind: 'text', text: FIXED_TEXTS.loopNotice[this.language] };
    const how = { author: 'bot', purpose: `${notice.reason}_notice`, plannedAtMs: this.nowMs, intent: '' } as const;
    return [this.plan({ ...how, content })];
  }

  private async decide(command: DecideCommand): Promise<ConversationEvent> {
    const { context, form } = this.deps;
    const burst = command.messageIds.map((id) => this.words.get(id) ?? '');
    for (const text of burst) context.transcript.push({ author: 'customer', kind: 'text', text, isNew: true });
    const turn = this.readTurn(command);
    this.language = turn.language;
    const answer = await this.think(turn);
    for (const line of context.transcript) line.isNew = false;
    const { text, outcome, intent } = answer;
    if (command.cancelFollowUpId) this.tell({ kind: 'follow_up_cancelled', reason: 'customer_wrote' });
    const purpose = command.optOut ? 'opt_out_notice' : outcome === 'handoff' ? 'handoff_notice' : 'reply';
    const contents = contentsOf(answer).flatMap((content) => form.fit(content));
    const outboundIds = contents.map((content) =>
      this.plan({ author: 'bot', purpose, content, plannedAtMs: this.nowMs, intent }),
    );
    if (outcome === 'handoff') this.tell({ kind: 'ticket', reason: 'handoff' });
    const followUp = this.planFollowUp(command, turn, answer);
    return {
      type: 'decided',
      turnId: command.turnId,
      outcome: outcome === 'opt_out' ? 'reply' : outcome,
      outboundIds,
      followUp,
      askedMark: markOf(burst.join('\n')),
      replyMark: markOf(text),
    };
  }

  private readTurn({ optOut }: DecideCommand): Turn {
    const { context, form } = this.deps;
    return readTurn({
      conversationId: null,
      optOut,
      context,
      limits: () => form.limits,
      withoutModel: async () => true,
      isDryRun: true,
      signal: new AbortController().signal,
    });
  }

  /** The stages answer what they can by themselves, else the responder with what they found: as in a real turn. */
  private async think(turn: Turn): Promise<StageAnswer> {
    const { context, model, form, stages } = this.deps;
    const responder = createTrialModelStage(model, ({ language, known }) =>
      toReplyRequest(context, form.limits.maxText, language, undefined, known),
    );
    const { answer } = await askStages([...stages, responder], turn);
    if (!answer) throw new Error('No stage answered.');
    const products = turn.known?.products ?? [];
    if (products.length > 0)
      context.recentLists = [products.map(({ id }) => id), ...(context.recentLists ?? [])].slice(0, 5);
    return answer;
  }

  private planFollowUp({ turnId, windowExpiresAtMs }: DecideCommand, turn: Turn, answer: StageAnswer) {
    const planned = planFollowUp(this.deps.followUp, turn, answer, windowExpiresAtMs, this.nowMs);
    if (planned === null) return null;
    this.followUpText = planned.text;
    this.tell({ kind: 'follow_up_planned', text: planned.text, dueAtMs: planned.dueAtMs });
    return { id: turnId, dueAtMs: planned.dueAtMs };
  }

  private async send({ origin, outboundIds, followUpId }: SendCommand): Promise<ConversationEvent> {
    if (followUpId) {
      const content: OutboundContent = { kind: 'text', text: this.followUpText };
      const plannedAtMs = this.state.followUp?.dueAtMs ?? this.nowMs;
      this.leave({ author: 'follow-up', purpose: 'follow_up', content, plannedAtMs, intent: '' });
    }
    for (const id of outboundIds) {
      const planned = this.outbound.get(id);
      if (planned) this.leave(planned);
    }
    return { type: 'send_finished', origin };
  }

  /** The gate, asked at the very moment, as the send activity does. */
  private leave({ author, purpose, content, plannedAtMs, intent }: Planned): void {
    const { context, followUp, form } = this.deps;
    const verdict = gate(
      {
        window: form.window,
        consent: form.consent,
        author,
        purpose,
        plannedAtMs,
        mode: this.state.mode,
        windowExpiresAtMs: windowExpiresAtMs(this.state),
        lastCustomerAtMs: this.state.lastCustomerAtMs,
        lastPageMessageAtMs: null,
        optedOut: this.optedOut,
        accountStatus: 'active',
        quiet: isQuiet(followUp.quietHours, context.timeZone, this.nowMs),
      },
      this.nowMs,
    );
    const text = textOf(content);
    if (!verdict.open) {
      this.tell({ kind: 'blocked', author, text, content, reason: verdict.reason });
      return;
    }
    context.transcript.push({ author: 'shop', kind: 'text', text, isNew: false });
    this.tell({ kind: 'sent', author, text, content, reason: intent });
  }

  private plan(planned: Planned): string {
    const id = `outbound-${this.outbound.size + 1}`;
    this.outbound.set(id, planned);
    return id;
  }

  private tell(entry: Pick<RehearsalEntry, 'kind'> & Partial<RehearsalEntry>): void {
    const empty = { author: null, text: '', reason: '', content: null, dueAtMs: null };
    this.entries.push({ ...empty, atMs: this.nowMs, step: this.step, ...entry });
  }
}
