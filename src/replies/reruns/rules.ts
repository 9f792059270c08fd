/** Most turns that one re-run thinks over: each costs a model call. */
export const MAX_RERUN_TURNS = 500;
export const DEFAULT_RERUN_TURNS = 100;
export const MAX_RERUN_DAYS = 90;

export const RERUN_STATES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type RerunState = (typeof RERUN_STATES)[number];

export const DIFFERENCES = ['same', 'wording', 'outcome'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** One answer to a recorded turn, then or now. */
export interface RerunAnswer {
  /** reply | handoff | silent | fallback */
  outcome: string;
  intent: string;
  text: string;
  promptName: string;
  promptVersion: string;
  model: string;
  checks: { name: string; passed: boolean; note?: string }[];
  /** Checks put a safe text in the place of what the model said. */
  replaced: boolean;
  inputTokens: number;
  outputTokens: number;
  /** Millionths of a dollar; null where the model's price is not known. */
  costMicros: number | null;
  latencyMs: number;
}

/** What tells two answers apart for the shop: another action weighs more than other words. */
export function compareAnswers(before: RerunAnswer, after: RerunAnswer): Difference {
  if (before.outcome !== after.outcome) return 'outcome';
  return plain(before.text) === plain(after.text) ? 'same' : 'wording';
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim();

/** What is known of a recorded turn before it is thought over. Zero tokens: it was answered without a model. */
export interface RecordedCost {
  inputTokens: number;
  outputTokens: number;
}

/** Characters for one token: low enough for Persian, so that an estimate is rather too high. */
const CHARACTERS_PER_TOKEN = 2;
/** Transcript, questions and answers of the shop, where no record tells. */
const USUAL_INPUT_TOKENS = 600;
const USUAL_OUTPUT_TOKENS = 150;

/** The tokens that a model will read and write for these turns, with a prompt of so many characters. */
export function estimateTokens(turns: readonly RecordedCost[], promptCharacters: number): RecordedCost {
  const unknown = USUAL_INPUT_TOKENS + Math.ceil(promptCharacters / CHARACTERS_PER_TOKEN);
  return turns.reduce(
    (sum, turn) => ({
      inputTokens: sum.inputTokens + (turn.inputTokens > 0 ? turn.inputTokens : unknown),
      outputTokens: sum.outputTokens + (turn.outputTokens > 0 ? turn.outputTokens : USUAL_OUTPUT_TOKENS),
    }),
    { inputTokens: 0, outputTokens: 0 },
  );
}
