export interface OpeningHours {
  weekday: number;
  from: string;
  to: string;
}

/** What holds for the shop, as `GET /api/settings` tells it. */
export interface Settings {
  id: string;
  name: string;
  language: string;
  timeZone: string;
  businessHours: OpeningHours[] | null;
  quietHoursStart: string | null;
  quietHoursEnd: string | null;
  followUpEnabled: boolean;
  followUpDelayHours: number;
  followUpMessage: string | null;
  debounceMs: number;
  takeoverHours: number;
  aiProvider: string;
  aiModel: string | null;
  aiEnabled: boolean;
  hasAiKey: boolean;
  own: string[];
}

/** The form: opening hours as lines, and a key that is only ever written. */
export type SettingsForm = Omit<Settings, 'businessHours' | 'hasAiKey' | 'own'> & {
  hoursText: string | null;
  aiKey?: string | null;
};

const LINE = /^([0-6])\s+(\d\d:\d\d)-(\d\d:\d\d)$/;

/** Null when a line is none. */
export function readHours(text: string): OpeningHours[] | null {
  const lines = text.split('\n').map((line) => line.trim());
  const hours: OpeningHours[] = [];
  for (const line of lines.filter(Boolean)) {
    const [, weekday, from, to] = LINE.exec(line) ?? [];
    if (weekday === undefined || !from || !to) return null;
    hours.push({ weekday: Number(weekday), from, to });
  }
  return hours;
}

export function toForm({ businessHours, hasAiKey: _has, own: _own, ...settings }: Settings): SettingsForm {
  const lines = (businessHours ?? []).map(({ weekday, from, to }) => `${weekday} ${from}-${to}`);
  return { ...settings, hoursText: lines.join('\n') };
}

/** Only what the person changed; an emptied field is null, which gives it back to the server's settings. */
export function toChanges(before: SettingsForm, after: SettingsForm): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    const given = value === '' || value === undefined ? null : value;
    const known = before[name as keyof SettingsForm] ?? null;
    if (given === (known === '' ? null : known)) continue;
    if (name === 'hoursText') changes.businessHours = given === null ? null : readHours(String(given));
    else changes[name] = given;
  }
  return changes;
}
