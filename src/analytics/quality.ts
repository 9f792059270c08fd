/** How well the bot did, and what drags it down. Pure. */
export interface QualityCounts {
  /** Those in which something was asked: no courtesies, and none in which the bot had nothing to say. */
  turns: number;
  /** By the bot alone. */
  answered: number;
  handedOver: number;
  failed: number;
  /** Turns whose question was not understood, or nothing was known about it. */
  unanswered: number;
  /** Turns behind which a person had to write. */
  corrected: number;
  undelivered: number;
  /** Customers who had to ask the same twice in a row. */
  repeated: number;
  failedChecks: number;
  replyP95Ms: number | null;
}

export const QUALITY_FAULTS = [
  'many_unanswered',
  'many_handovers',
  'model_fails',
  'not_delivered',
  'people_correct',
  'customers_repeat_themselves',
  'checks_refuse_answers',
  'slow_replies',
] as const;
export type QualityFault = (typeof QUALITY_FAULTS)[number];

export interface Quality {
  /** 0 to 100; null while there is too little to judge. */
  score: number | null;
  /** What costs the score most comes first; `points` is how much. */
  faults: { fault: QualityFault; share: number; points: number }[];
}

/** Below this a share says nothing. */
const MIN_TURNS = 5;
/** What a share of 1 would cost, and the share that is nobody's fault. */
const WEIGHTS: Readonly<Record<QualityFault, { points: number; free: number }>> = {
  many_unanswered: { points: 80, free: 0.05 },
  many_handovers: { points: 50, free: 0.15 },
  model_fails: { points: 100, free: 0 },
  not_delivered: { points: 100, free: 0 },
  people_correct: { points: 60, free: 0.05 },
  customers_repeat_themselves: { points: 80, free: 0.02 },
  checks_refuse_answers: { points: 40, free: 0.05 },
  slow_replies: { points: 20, free: 0 },
};
/** From here on a reply is slow, and this many milliseconds later as slow as can be. */
const SLOW_FROM_MS = 15_000;
const SLOW_RANGE_MS = 45_000;

/** Weighs the counts. Every fault that costs at least one point is named. */
export function judgeQuality(counts: QualityCounts): Quality {
  if (counts.turns < MIN_TURNS) return { score: null, faults: [] };
  const shareOf = (count: number) => count / counts.turns;
  const slowness = Math.min(1, Math.max(0, ((counts.replyP95Ms ?? 0) - SLOW_FROM_MS) / SLOW_RANGE_MS));
  const shares: Record<QualityFault, number> = {
    many_unanswered: shareOf(counts.unanswered),
    many_handovers: shareOf(counts.handedOver),
    model_fails: shareOf(counts.failed),
    not_delivered: shareOf(counts.undelivered),
    people_correct: shareOf(counts.corrected),
    customers_repeat_themselves: shareOf(counts.repeated),
    checks_refuse_answers: shareOf(counts.failedChecks),
    slow_replies: slowness,
  };
  const faults = QUALITY_FAULTS.map((fault) => {
    const { points, free } = WEIGHTS[fault];
    return { fault, share: Math.min(1, shares[fault]), points: Math.round(Math.max(0, shares[fault] - free) * points) };
  })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  const lost = faults.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.max(0, 100 - lost), faults };
}
