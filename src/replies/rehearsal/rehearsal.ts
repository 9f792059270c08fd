import { channelFormOf } from '../../channels/channel-forms.ts';
import { countSmsSegments } from '../../channels/sms-segments.ts';
import type { ConversationPolicy } from '../../conversations/core/policy.ts';
import type { FollowUpPolicy } from '../../follow-ups/rules.ts';
import type { Database } from '../../platform/database/client.ts';
import { forBusiness, type OfBusiness } from '../../platform/of-business.ts';
import type { ReplyModel } from '../models/model.ts';
import { loadShopContext } from '../simulate-reply.ts';
import type { Stage } from '../stage.ts';
import { type RehearsalStep, rehearse } from './rehearse.ts';

export interface RehearsalQuestion {
  businessId: string;
  channel: string;
  steps: RehearsalStep[];
  startMs: number;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Plays scripts with this installation's settings and a shop's own words. Nothing is stored and nothing is sent. */
export function createRehearsal(deps: {
  db: Database;
  builtin: ReplyModel;
  policy: OfBusiness<ConversationPolicy>;
  followUp: OfBusiness<FollowUpPolicy>;
  /** Those of a real turn; the model comes behind them. */
  stages: readonly Stage[];
}) {
  return async ({ businessId, channel, steps, startMs }: RehearsalQuestion) => {
    const { db, builtin: model, stages } = deps;
    const policy = await forBusiness(deps.policy, businessId);
    const followUp = await forBusiness(deps.followUp, businessId);
    const context = { ...(await loadShopContext(db, businessId)), channel };
    const form = channelFormOf(channel);
    const { entries, end } = await rehearse({ policy, followUp, form, model, stages, context, startMs }, steps);
    return {
      startAt: iso(startMs),
      settings: {
        windowHours: form.window.kind === 'none' || policy.windowMs === null ? null : policy.windowMs / 3_600_000,
        takeoverHours: policy.takeoverMs / 3_600_000,
        followUpEnabled: followUp.enabled,
        followUpDelayHours: followUp.delayMs / 3_600_000,
        timeZone: context.timeZone,
      },
      limits: form.limits,
      entries: entries.map(({ atMs, dueAtMs, ...entry }) => ({
        ...entry,
        at: iso(atMs),
        dueAt: iso(dueAtMs),
        segments: channel === 'sms' && entry.kind === 'sent' ? countSmsSegments(entry.text) : null,
      })),
      end: {
        at: iso(end.nowMs),
        mode: end.mode,
        status: end.status,
        modeUntil: iso(end.modeUntilMs),
        windowExpiresAt: iso(end.windowExpiresAtMs),
        followUpDueAt: iso(end.followUpDueAtMs),
      },
    };
  };
}
