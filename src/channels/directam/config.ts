import { z } from 'zod';
import { InvalidInputError } from '../../platform/errors.ts';

/** Where the key travels; which of the places the gateway reads is not documented. */
export type AuthPlace = 'headers' | 'body' | 'query';

export interface DirectamSettings {
  /** Null: webhooks are taken, sends are rejected as `not_configured`. */
  baseUrl: string | null;
  /** Path put before `/send/…`, if the gateway wants one. */
  sendPrefix?: string;
  apiKey: string | null;
  /** Null: webhooks are accepted unsigned. */
  webhookSecret: string | null;
  /** Time for one send, connecting included; 20 seconds unless told. */
  timeoutMs?: number;
  /** Every place unless told. */
  authPlacement?: 'all' | AuthPlace[];
}

export interface DirectamConfig {
  /** Base address and prefix, without a slash at the end; null when sending is off. */
  sendUrl: string | null;
  apiKey: string | null;
  webhookSecret: string | null;
  timeoutMs: number;
  authPlaces: readonly AuthPlace[];
}

const AUTH_PLACES = ['headers', 'body', 'query'] as const;

const settingsSchema = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }).nullable(),
  sendPrefix: z.string().default(''),
  // The key becomes a header's value: anything else would fail at the first send instead of at the start.
  apiKey: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .nullable(),
  // An empty secret would let every request pass as if it had been checked.
  webhookSecret: z.string().min(1).nullable(),
  timeoutMs: z.number().int().min(1).max(120_000).default(20_000),
  authPlacement: z.union([z.literal('all'), z.array(z.enum(AUTH_PLACES)).min(1)]).default('all'),
});

/**
 * Checks the settings once, when the channel is made.
 * @throws InvalidInputError naming the faulty settings, never their values
 */
export function readDirectamConfig(settings: DirectamSettings): DirectamConfig {
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), 'is not usable']));
    throw new InvalidInputError(`Directam settings are not usable: ${Object.keys(fields).join(', ')}`, fields);
  }
  const { baseUrl, sendPrefix, apiKey, webhookSecret, timeoutMs, authPlacement } = parsed.data;
  const prefix = sendPrefix.replace(/^\/+|\/+$/g, '');
  return {
    sendUrl: baseUrl === null ? null : [baseUrl.replace(/\/+$/, ''), prefix].filter(Boolean).join('/'),
    apiKey,
    webhookSecret,
    timeoutMs,
    authPlaces: authPlacement === 'all' ? AUTH_PLACES : authPlacement,
  };
}
