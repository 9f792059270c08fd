import { z } from 'zod';
import { CHANNEL_NAMES } from '../../channels/channel-forms.ts';
import { UnavailableError } from '../../platform/errors.ts';
import { actionsOf } from '../../platform/http/actions/action.ts';
import { nullableTime, time } from '../../platform/http/resources/record-parts.ts';
import type { ReplyNeeds } from '../needs.ts';

const defineAction = actionsOf<ReplyNeeds>();

const words = z.string().trim().min(1).max(2000);
/** Two weeks at most: longer than any window or timer of a conversation. */
const MAX_WAIT_HOURS = 336;
const MAX_STEPS = 60;

const step = z.union([
  z.strictObject({ say: words }),
  z.strictObject({ waitHours: z.number().positive().max(MAX_WAIT_HOURS) }),
  z.strictObject({ takeOver: z.literal(true) }),
  z.strictObject({ release: z.literal(true) }),
  z.strictObject({ write: words }),
  z.strictObject({ close: z.literal(true) }),
]);

export const rehearsal = defineAction({
  method: 'post',
  path: '/api/simulator/rehearsal',
  summary:
    'Plays a script on a clock of its own, by the rules of the real conversation and the built-in responder. ' +
    'Nothing is stored and nothing is sent.',
  permission: 'use-simulator',
  body: z.strictObject({
    channel: z.enum(CHANNEL_NAMES).default('simulator'),
    /** When the first step happens; absent: now. */
    startAt: z.iso.datetime().optional(),
    steps: z.array(step).min(1).max(MAX_STEPS),
  }),
  status: 200,
  response: z.object({
    startAt: time,
    settings: z.object({
      /** Null: the shop may always write. */
      windowHours: z.number().nullable(),
      takeoverHours: z.number(),
      followUpEnabled: z.boolean(),
      followUpDelayHours: z.number(),
      timeZone: z.string(),
    }),
    limits: z.object({
      maxText: z.int(),
      textUnit: z.enum(['bytes', 'characters']),
      maxQuickReplies: z.int(),
      maxButtons: z.int(),
      maxCards: z.int(),
    }),
    entries: z.array(
      z.object({
        at: time,
        step: z.int(),
        kind: z.string(),
        author: z.string().nullable(),
        text: z.string(),
        reason: z.string(),
        content: z.unknown(),
        dueAt: nullableTime,
        segments: z.int().nullable(),
      }),
    ),
    end: z.object({
      at: time,
      mode: z.string(),
      status: z.string(),
      modeUntil: nullableTime,
      windowExpiresAt: nullableTime,
      followUpDueAt: nullableTime,
    }),
  }),
  async run({ deps, principal, body }) {
    if (!deps.rehearse) throw new UnavailableError('Rehearsals are switched off.');
    const startMs = body.startAt ? Date.parse(body.startAt) : deps.clock();
    return deps.rehearse({ businessId: principal.businessId, channel: body.channel, steps: body.steps, startMs });
  },
});
