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
  prompt: string;
  assignTickets: boolean;
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

/** The form: what is not set is empty, and a key is only ever written. */
export type SettingsForm = Omit<Settings, 'businessHours' | 'hasAiKey' | 'own'> & {
  businessHours: OpeningHours[];
  aiKey?: string | null;
};

/** The days by their names, in the order of the reader's week. */
export function weekdayChoices(locale: string): { id: number; name: string }[] {
  const first = locale === 'fa' ? 6 : 1;
  const name = new Intl.DateTimeFormat(locale === 'fa' ? 'fa-IR' : 'en-GB', { weekday: 'long', timeZone: 'UTC' });
  // The 4th of January 1970 was a Sunday.
  return Array.from({ length: 7 }, (_, index) => (first + index) % 7).map((id) => ({
    id,
    name: name.format(Date.UTC(1970, 0, 4 + id)),
  }));
}

export function toForm({ businessHours, hasAiKey: _has, own: _own, ...settings }: Settings): SettingsForm {
  return { ...settings, businessHours: businessHours ?? [] };
}

/** Only what the person changed; an emptied field is null, which gives it back to the server's settings. */
export function toChanges(before: SettingsForm, after: SettingsForm): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    const given = toSent(value);
    const known = toSent(before[name as keyof SettingsForm]);
    // The shop's own words have no default that an empty field could go back to.
    if (JSON.stringify(given) !== JSON.stringify(known)) changes[name] = name === 'prompt' ? (given ?? '') : given;
  }
  return changes;
}

/** What is sent of a field; null for one that says nothing. */
function toSent(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map(({ weekday, from, to }: OpeningHours) => ({ weekday, from, to }));
  return value === '' || value === undefined ? null : value;
}
