import type { FollowUpPolicy } from '../follow-ups/rules.ts';
import type { Database } from '../platform/database/client.ts';
import type { KeyRing } from '../platform/encryption/key-ring.ts';
import type { AiSettings } from '../replies/models/settings.ts';
import type { QuietHours } from '../text/quiet-hours.ts';
import { openAiKey } from './ai-key.ts';
import { effectiveAi } from './effective-ai.ts';
import { readSettingsRows, type SettingsRow } from './settings-store.ts';

/** What the variables say, for every business that has not set it otherwise. */
export interface SettingsDefaults {
  quietHours: QuietHours | null;
  followUp: Omit<FollowUpPolicy, 'quietHours'>;
  debounceMs: number;
  takeoverMs: number;
  ai: AiSettings;
}

/** What holds for one business. */
export interface BusinessSettings {
  quietHours: QuietHours | null;
  followUp: FollowUpPolicy;
  debounceMs: number;
  takeoverMs: number;
  ai: AiSettings;
}

/** The port of whoever acts for a business: what it has set, else the variables. */
export interface SettingsReader {
  of(businessId: string): Promise<BusinessSettings>;
}

interface Deps {
  db: Database;
  keyRing: KeyRing;
  defaults: SettingsDefaults;
  /** Milliseconds since the epoch. */
  clock?: () => number;
}

/** A change in the panel holds everywhere after this long at the latest. */
const MAX_AGE_MS = 2000;
/** More businesses than this are not remembered at once. */
const MAX_KNOWN = 10_000;

/**
 * Reads settings, at most every two seconds for a business; those that are asked for at the same moment are read in one
 * statement. Costs a conversation nothing in between.
 */
export function createSettingsReader({ db, keyRing, defaults, clock = Date.now }: Deps): SettingsReader {
  const known = new Map<string, { readAtMs: number; settings: Promise<BusinessSettings> }>();
  let next: { ids: Set<string>; rows: Promise<Map<string, SettingsRow>> } | null = null;

  const readSoon = (businessId: string): Promise<SettingsRow | undefined> => {
    next ??= startBatch();
    next.ids.add(businessId);
    return next.rows.then((rows) => rows.get(businessId));
  };
  const startBatch = () => {
    const ids = new Set<string>();
    const rows = Promise.resolve().then(() => {
      next = null;
      return readSettingsRows(db, [...ids]);
    });
    return { ids, rows };
  };

  return {
    of(businessId) {
      const found = known.get(businessId);
      if (found && clock() - found.readAtMs < MAX_AGE_MS) return found.settings;
      if (known.size >= MAX_KNOWN) known.clear();
      const settings = readSoon(businessId).then((row) => toSettings(defaults, row, keyRing));
      known.set(businessId, { readAtMs: clock(), settings });
      // A failure is not remembered: the next one asks again.
      settings.catch(() => known.delete(businessId));
      return settings;
    },
  };
}

/** A business's settings from its row; without one, the defaults. */
export function toSettings(
  defaults: SettingsDefaults,
  row: SettingsRow | undefined,
  keyRing: KeyRing,
): BusinessSettings {
  const quietHours = quietHoursOf(row?.quietHoursStart, row?.quietHoursEnd, defaults.quietHours);
  const { enabled, delayMs, message } = defaults.followUp;
  return {
    quietHours,
    followUp: {
      enabled: row?.followUpEnabled ?? enabled,
      delayMs: toMs(row?.followUpDelayHours) ?? delayMs,
      message: row?.followUpMessage ?? message,
      quietHours,
    },
    debounceMs: row?.debounceMs ?? defaults.debounceMs,
    takeoverMs: toMs(row?.takeoverHours) ?? defaults.takeoverMs,
    ai: row ? aiOf(defaults.ai, row, keyRing) : defaults.ai,
  };
}

/** One of the two may be the business's own and the other the variables'. */
export function quietHoursOf(
  start: string | null | undefined,
  end: string | null | undefined,
  defaults: QuietHours | null,
): QuietHours | null {
  const [from, to] = [start ?? defaults?.start, end ?? defaults?.end];
  return from && to ? { start: from, end: to } : null;
}

/** A key that cannot be opened is as good as none: the rules answer until it is entered again. */
function aiOf(defaults: AiSettings, row: SettingsRow, keyRing: KeyRing): AiSettings {
  const { businessId, aiProvider: provider, aiModel: model, aiKey } = row;
  if (aiKey === null) return effectiveAi(defaults, { provider, model, key: null });
  try {
    return effectiveAi(defaults, { provider, model, key: openAiKey(keyRing, businessId, aiKey) });
  } catch {
    return { ...defaults, provider: 'builtin' };
  }
}

function toMs(hours: number | null | undefined): number | null {
  return hours == null ? null : Math.round(hours * 3_600_000);
}
