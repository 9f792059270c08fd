import { RETENTION } from '../features.ts';
import { applyRetention } from '../platform/database/retention-store.ts';
import { type CommandContext, type Outcome, UsageError } from './command.ts';

export interface RetentionOptions {
  deliveryDays?: string;
  appLogDays?: string;
  liveEventDays?: string;
  dryRun?: boolean;
}

function readDays(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const days = Number(value);
  if (!/^\d{1,5}$/.test(value) || days < 1) throw new UsageError(`--${name} takes a whole number of days from 1 up.`);
  return days;
}

/** Removes what need not be kept: raw webhook bodies, app logs, live feed rows, unused uploads, dead refresh tokens. */
export async function retention(context: CommandContext, options: RetentionOptions): Promise<Outcome> {
  const set = context.config.retentionDays;
  const days = {
    deliveries: readDays('delivery-days', options.deliveryDays, set.deliveries),
    appLogs: readDays('app-log-days', options.appLogDays, set.appLogs),
    liveEvents: readDays('live-event-days', options.liveEventDays, set.liveEvents),
  };
  const dryRun = options.dryRun ?? false;
  const counts = await applyRetention(context.database(), RETENTION, { now: new Date(), dryRun, days });
  const { deliveries, appLogs, liveEvents, uploads, refreshTokens, logins, limits } = counts;
  const content = `${deliveries} webhook bodies, ${appLogs} app logs, ${liveEvents} live feed rows, ${uploads} unused uploads`;
  const list = `${content}, ${refreshTokens} refresh tokens, ${logins} ended logins, ${limits} login limits`;
  return { text: `${dryRun ? 'Would remove' : 'Removed'} ${list}.`, data: { dryRun, ...counts } };
}
