import type { ChannelLimits } from '../channels/channel-rules.ts';
import { detectIntents, type Intent } from '../text/intents.ts';
import type { Language } from '../text/message.ts';
import { splitQuestions } from './reading/parts.ts';
import { readBurst, type TurnReading } from './reading/reading.ts';
import { languageOf, type ReplyContext } from './reply-context.ts';
import type { TurnKnowledge } from './stage.ts';

/** A burst that is to be answered, read once for all stages. */
export interface Turn {
  readonly businessId: string;
  /** Null: nobody's conversation, somebody only tries what would be answered. */
  readonly conversationId: string | null;
  /** Its key in the database, and those of the turns that it takes back. */
  readonly turnId: string;
  readonly supersedes: readonly string[];
  /** The customer just asked to be left alone. */
  readonly optOut: boolean;
  readonly context: ReplyContext;
  /** The new lines, oldest first; each question of a line that asks several is one. */
  readonly texts: readonly string[];
  /** The new lines as one. */
  readonly text: string;
  readonly language: Language;
  /** What the channel can show. @throws NotFoundError when it is switched off */
  readonly limits: ChannelLimits;
  /** What the new lines want, by rules. */
  readonly intents: readonly Intent[];
  /** What the new lines say, by rules: one part a line of `texts`. */
  readonly reading: TurnReading;
  /** What the stages before found; null until one looked. */
  known: TurnKnowledge | null;
  /** Positions of `texts` that no stage has answered yet. */
  open: readonly number[];
  /** What the stages before answered to the other positions, in their order. */
  answered: readonly string[];
  /** True when nobody but rules will answer what the stages leave: then they tell what is only near as well. */
  withoutModel(): Promise<boolean>;
  /** The products of the last answer that showed any, if it is not older. */
  recentProductIds(maxAgeMs: number): Promise<readonly string[]>;
  /** Those of the last answers, the newest first, in the order in which they were shown. */
  recentLists(maxAgeMs: number): Promise<readonly (readonly string[])[]>;
  /** Somebody only tries what would be answered: nothing is stored, nothing is sent. */
  readonly isDryRun: boolean;
  /** Ends what is being asked. */
  readonly signal: AbortSignal;
}

export interface TurnInput {
  conversationId: string | null;
  turnId?: string;
  supersedes?: readonly string[];
  optOut?: boolean;
  context: ReplyContext;
  limits: () => ChannelLimits;
  withoutModel: () => Promise<boolean>;
  /** Absent: nothing was spoken of before, but for what the context says. */
  findTalkedAbout?: (since: Date) => Promise<readonly (readonly string[])[]>;
  isDryRun: boolean;
  signal: AbortSignal;
}

/** Reads a burst. What costs something is worked out when the first stage asks for it, and once. */
export function readTurn(given: TurnInput): Turn {
  const { turnId = '', supersedes = [], optOut = false } = given;
  const context = { ...given.context, transcript: given.context.transcript.flatMap(partsOf) };
  const texts = context.transcript.filter((line) => line.isNew).map((line) => line.text);
  const text = texts.join('\n');
  const readIntents = once(() => detectIntents(text));
  const read = once(() => readBurst(texts));
  const lists = new Map<number, Promise<readonly (readonly string[])[]>>();
  const recentLists = (maxAgeMs: number): Promise<readonly (readonly string[])[]> => {
    if (context.recentLists) return Promise.resolve(context.recentLists);
    const known =
      lists.get(maxAgeMs) ?? given.findTalkedAbout?.(new Date(Date.now() - maxAgeMs)) ?? Promise.resolve([]);
    lists.set(maxAgeMs, known);
    return known;
  };
  return {
    ...{ businessId: context.businessId, conversationId: given.conversationId, turnId, supersedes, optOut },
    ...{ context, texts, text, language: languageOf(context), isDryRun: given.isDryRun, signal: given.signal },
    known: null,
    open: texts.map((_, position) => position),
    answered: [],
    get limits() {
      return given.limits();
    },
    get intents() {
      return readIntents();
    },
    get reading() {
      return read();
    },
    withoutModel: once(given.withoutModel),
    recentProductIds: async (maxAgeMs) => (await recentLists(maxAgeMs))[0] ?? [],
    recentLists,
  };
}

/** A line that asks several things is as good as several lines. */
function partsOf(line: ReplyContext['transcript'][number]): ReplyContext['transcript'] {
  if (!line.isNew || line.author !== 'customer' || line.kind !== 'text') return [line];
  return splitQuestions(line.text).map((text) => ({ ...line, text }));
}

/** The transcript with what is answered already in the place of what asked it: what is left to answer stands last. */
export function transcriptLeft({ context, open, answered }: Readonly<Turn>): ReplyContext['transcript'] {
  if (answered.length === 0) return context.transcript;
  const fresh = context.transcript.filter((line) => line.isNew);
  const isLeft = (_: unknown, position: number) => open.includes(position);
  const done = fresh.filter((line, position) => !isLeft(line, position)).map((line) => ({ ...line, isNew: false }));
  const said = answered.map((text) => ({ author: 'shop' as const, kind: 'text', text, isNew: false }));
  return [...context.transcript.filter((line) => !line.isNew), ...done, ...said, ...fresh.filter(isLeft)];
}

function once<Result>(make: () => Result): () => Result {
  let made: { result: Result } | null = null;
  return () => {
    made ??= { result: make() };
    return made.result;
  };
}
