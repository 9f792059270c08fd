/** A step of a script, as `POST /api/simulator/rehearsal` takes it. */
export type Step =
  | { say: string }
  | { write: string }
  | { waitHours: number }
  | { takeOver: true }
  | { release: true }
  | { close: true };

export interface Entry {
  at: string;
  step: number;
  kind: string;
  author: string | null;
  text: string;
  reason: string;
  content: { kind: string } | null;
  dueAt: string | null;
  segments: number | null;
}

export interface RehearsalResult {
  startAt: string;
  settings: {
    /** Null: the shop may always write. */
    windowHours: number | null;
    takeoverHours: number;
    followUpEnabled: boolean;
    followUpDelayHours: number;
    timeZone: string;
  };
  limits: {
    maxText: number;
    textUnit: 'bytes' | 'characters';
    maxQuickReplies: number;
    maxButtons: number;
    maxCards: number;
  };
  entries: Entry[];
  end: {
    at: string;
    mode: string;
    status: string;
    modeUntil: string | null;
    windowExpiresAt: string | null;
    followUpDueAt: string | null;
  };
}

/** The length of a text as its channel counts it. */
export function lengthOf(text: string, unit: 'bytes' | 'characters'): number {
  return unit === 'bytes' ? new TextEncoder().encode(text).length : text.length;
}
