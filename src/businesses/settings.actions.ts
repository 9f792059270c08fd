import { z } from 'zod';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { InvalidInputError } from '../platform/errors.ts';
import { type ActionDeps, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { id, plainText, wholeText } from '../platform/http/resources/record-parts.ts';
import type { RowOf } from '../platform/http/resources/row-source.ts';
import { modelNameOf, PROVIDER_NAMES } from '../replies/models/settings.ts';
import { sealAiKey } from './ai-key.ts';
import { findMissingAi } from './effective-ai.ts';
import type { SettingsNeeds } from './needs.ts';
import { timeZone } from './resource.ts';
import { quietHoursOf, toSettings } from './settings.ts';
import { findSettingsRow, type SettingsRow, saveSettings } from './settings-store.ts';

const defineAction = actionsOf<SettingsNeeds>();

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Must be a time like 08:30.');
const hours = z.number().positive().max(8760);
/** Opening hours of a weekday (0 is Sunday) in the business's time zone; a day may have several. */
const businessHours = z
  .array(
    z
      .strictObject({ weekday: z.int().min(0).max(6), from: localTime, to: localTime })
      .refine(({ from, to }) => from < to, { path: ['to'], message: 'Must be after the beginning.' }),
  )
  .max(50);
const provider = z.enum(['builtin', ...PROVIDER_NAMES]);

/** What holds, be it the business's own or the variables'. */
const settingsRecord = z.object({
  /** The business. */
  id,
  name: z.string(),
  language: z.string(),
  timeZone: z.string(),
  /** Tone and rules for the AI, in the shop's own words. */
  prompt: z.string(),
  /** New tickets are given to the people of the shop in turn. */
  assignTickets: z.boolean(),
  businessHours: businessHours.nullable(),
  quietHoursStart: z.string().nullable(),
  quietHoursEnd: z.string().nullable(),
  followUpEnabled: z.boolean(),
  followUpDelayHours: z.number(),
  followUpMessage: z.string().nullable(),
  debounceMs: z.int(),
  takeoverHours: z.number(),
  aiProvider: z.string(),
  /** Null for the built-in rules, which have none. */
  aiModel: z.string().nullable(),
  aiEnabled: z.boolean(),
  hasAiKey: z.boolean(),
  /** Names of those that the business has set itself; the others follow the variables. */
  own: z.array(z.string()),
});

/** Null gives a setting back to the variables. */
const changesSchema = z
  .strictObject({
    name: plainText(200),
    language: z.enum(['fa', 'en']),
    timeZone,
    prompt: wholeText(20_000),
    assignTickets: z.boolean(),
    aiEnabled: z.boolean(),
    businessHours: businessHours.nullable(),
    quietHoursStart: localTime.nullable(),
    quietHoursEnd: localTime.nullable(),
    followUpEnabled: z.boolean().nullable(),
    followUpDelayHours: hours.nullable(),
    followUpMessage: plainText(1000).nullable(),
    debounceMs: z.int().min(0).max(60_000).nullable(),
    takeoverHours: hours.nullable(),
    aiProvider: provider.nullable(),
    aiModel: plainText(200).nullable(),
    /** Written, never read. */
    aiKey: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]{1,500}$/, 'Printable characters without spaces only.')
      .nullable(),
  })
  .partial();

type Changes = z.output<typeof changesSchema>;

const OWN = [
  'businessHours',
  'quietHoursStart',
  'quietHoursEnd',
  'followUpEnabled',
  'followUpDelayHours',
  'followUpMessage',
  'debounceMs',
  'takeoverHours',
  'aiProvider',
  'aiModel',
] as const;

function present(
  { settingsDefaults, keyRing }: ActionDeps & SettingsNeeds,
  business: RowOf<'business'>,
  row: SettingsRow | null,
) {
  const settings = toSettings(settingsDefaults, row ?? undefined, keyRing);
  const { quietHours, followUp, debounceMs, takeoverMs, ai } = settings;
  return {
    id: business.id,
    name: business.name,
    language: business.language,
    timeZone: business.timeZone,
    prompt: business.prompt,
    assignTickets: business.assignTickets,
    businessHours: (row?.businessHours ?? null) as z.output<typeof businessHours> | null,
    quietHoursStart: quietHours?.start ?? null,
    quietHoursEnd: quietHours?.end ?? null,
    followUpEnabled: followUp.enabled,
    followUpDelayHours: followUp.delayMs / 3_600_000,
    followUpMessage: followUp.message,
    debounceMs,
    takeoverHours: takeoverMs / 3_600_000,
    aiProvider: ai.provider,
    aiModel: ai.provider === 'builtin' ? null : modelNameOf(ai),
    aiEnabled: business.aiEnabled,
    hasAiKey: row?.aiKey != null,
    own: row ? OWN.filter((name) => row[name] !== null) : [],
  };
}

/** Throws InvalidInputError for what only together makes no sense. */
function check({ settingsDefaults }: SettingsNeeds, row: SettingsRow | null, changes: Changes): void {
  const faults: Record<string, string> = {};
  const own = { ...row, ...changes };
  const { quietHours, ai } = settingsDefaults;
  const hasOne = own.quietHoursStart ?? own.quietHoursEnd ?? null;
  if (hasOne !== null && quietHoursOf(own.quietHoursStart, own.quietHoursEnd, quietHours) === null) {
    const missing = own.quietHoursStart == null ? 'quietHoursStart' : 'quietHoursEnd';
    faults[missing] = 'Quiet hours need a beginning and an end.';
  }
  const isAboutAi = ['aiProvider', 'aiModel', 'aiKey'].some((name) => Object.hasOwn(changes, name));
  const wish = { provider: own.aiProvider ?? null, model: own.aiModel ?? null, key: own.aiKey ?? null };
  const missing = isAboutAi ? findMissingAi(ai, wish) : null;
  if (missing === 'aiKey') faults.aiKey = 'This provider needs a key.';
  if (missing === 'aiProvider') faults.aiProvider = 'The installation names no address of such a provider.';
  if (Object.keys(faults).length > 0)
    throw new InvalidInputError(`The settings do not fit together: ${Object.keys(faults).join(', ')}.`, faults);
}

export const readSettings = defineAction({
  method: 'get',
  path: '/api/settings',
  summary: "What holds for the caller's business, and which of it is its own.",
  permission: 'manage-settings',
  status: 200,
  response: settingsRecord,
  async run({ deps, principal }) {
    const business = await findOwned(deps, 'business', principal, principal.businessId);
    return present(deps, business, await findSettingsRow(deps.db, business.id));
  },
});

export const changeSettings = defineAction({
  method: 'patch',
  path: '/api/settings',
  summary:
    "Changes settings of the caller's business; null gives one back to the variables. They hold after two seconds.",
  permission: 'manage-settings',
  body: changesSchema,
  status: 200,
  response: settingsRecord,
  run({ deps, principal, body }) {
    const { businessId, actor } = principal;
    return deps.db.$transaction(async (tx) => {
      // One at a time: what fits together is judged by what is there.
      await tx.$queryRaw`SELECT id FROM businesses WHERE id = ${businessId}::uuid FOR NO KEY UPDATE`;
      const load = async () =>
        [
          await findOwned({ db: tx }, 'business', principal, businessId),
          await findSettingsRow(tx, businessId),
        ] as const;
      const [business, row] = await load();
      check(deps, row, body);
      const { name, language, timeZone: zone, prompt, assignTickets, aiEnabled, aiKey, ...rest } = body;
      const own = { ...rest, ...(aiKey === undefined ? {} : { aiKey: sealed(deps, businessId, aiKey) }) };
      await saveSettings(tx, businessId, own);
      const ofBusiness = { name, language, timeZone: zone, prompt, assignTickets, aiEnabled };
      if (Object.values(ofBusiness).some((value) => value !== undefined))
        await tx.business.update({ where: { id: businessId }, data: ofBusiness });
      const after = present(deps, ...(await load()));
      const entry = { businessId, actor, resource: 'settings', resourceId: businessId, subject: business.name };
      await appendAudit(tx, { ...entry, action: 'update', before: present(deps, business, row), after });
      return after;
    });
  },
});

function sealed({ keyRing }: ActionDeps, businessId: string, key: string | null): string | null {
  return key === null ? null : sealAiKey(keyRing, businessId, key);
}
