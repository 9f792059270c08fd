import { z } from 'zod';
import { defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { id, isoOrNull, nullableId, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { readBars, readDayFigures, readLiveFigures, readNeeds } from './dashboard-store.ts';

const DAYS = 14;
const HOURS = 24;

const bars = z.array(z.object({ at: time, incoming: z.int(), outgoing: z.int() }));

export const dashboardAnswer = z.object({
  at: time,
  timeZone: z.string(),
  aiEnabled: z.boolean(),
  live: z.object({
    open: z.int(),
    waitingForHuman: z.int(),
    oldestUnansweredAt: nullableTime,
    unknownSends: z.int(),
    openTickets: z.int(),
    followUpsPending: z.int(),
    followUpsDueSoon: z.int(),
    accountsToReconnect: z.int(),
  }),
  today: z.object({
    repliesToday: z.int(),
    replyP50Ms: z.int().nullable(),
    replyP95Ms: z.int().nullable(),
    costMicrosToday: z.int(),
  }),
  byDay: bars,
  byHour: bars,
  needs: z.array(
    z.object({
      kind: z.enum(['unknown_send', 'ticket', 'waiting', 'reconnect', 'failing_account']),
      id,
      conversationId: nullableId,
      name: z.string(),
      channel: z.string(),
      note: z.string(),
      since: time,
    }),
  ),
});

export const dashboard = defineAction({
  method: 'get',
  path: '/api/dashboard',
  summary: 'What happens now, what was done today, and what needs a person; days are those of the shop.',
  permission: 'view-conversations',
  status: 200,
  response: dashboardAnswer,
  async run({ deps, principal }) {
    const { db } = deps;
    const { businessId } = principal;
    const { timeZone, aiEnabled } = await findOwned(deps, 'business', principal, businessId);
    const [live, today, byDay, byHour, needs] = await Promise.all([
      readLiveFigures(db, businessId),
      readDayFigures(db, businessId, timeZone),
      readBars(db, businessId, timeZone, 'day', DAYS),
      readBars(db, businessId, timeZone, 'hour', HOURS),
      readNeeds(db, businessId),
    ]);
    const shown = (bar: (typeof byDay)[number]) => ({ ...bar, at: bar.at.toISOString() });
    return {
      at: new Date(deps.clock()).toISOString(),
      timeZone,
      aiEnabled,
      live: { ...live, oldestUnansweredAt: isoOrNull(live.oldestUnansweredAt) },
      today,
      byDay: byDay.map(shown),
      byHour: byHour.map(shown),
      needs: needs.map((need) => ({ ...need, since: need.since.toISOString() })),
    };
  },
});
