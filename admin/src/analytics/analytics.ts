/** What the server's analytics answer. */
export interface Counted {
  key: string;
  count: number;
}

interface Spread {
  p50Ms: number | null;
  p95Ms: number | null;
}

interface FollowUpFigures {
  sent: number;
  answered: number;
  conversion: number | null;
}

export interface Summary {
  complete: boolean;
  incoming: number;
  outgoing: number;
  intents: Counted[];
  outcomes: Counted[];
  reply: Spread;
  thinking: Spread;
  followUp: FollowUpFigures;
  keywords: Counted[];
  productsAskedFor: Counted[];
  productsNotFound: Counted[];
  models: { model: string; answers: number; costMicros: number }[];
  orders: { currency: string; count: number; total: number }[];
  byDay: { day: string; incoming: number; outgoing: number }[];
  byHour: { hour: number; incoming: number; outgoing: number }[];
}

export interface Quality {
  turns: number;
  answered: number;
  escalated: number;
  unanswered: number;
  repeated: number;
  reply: Spread;
  followUp: FollowUpFigures;
  score: number | null;
  faults: { fault: string; share: number; points: number }[];
  unansweredQuestions: Counted[];
  repeatedQuestions: Counted[];
  reasons: Counted[];
}
