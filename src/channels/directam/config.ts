import { z } from 'zod';
import { InvalidInputError } from '../../platform/errors.ts';
import { apiKeySchema, baseUrlSchema, type DirectamCredentials, webhookSecretSchema } from './credentials.ts';
import type { AuthPlace, DirectamSettings } from './settings.ts';

/** What holds for all accounts alike. */
export interface DirectamConfig {
  /** Without slashes at its ends; empty where the gateway wants none. */
  sendPrefix: string;
  mustBeSigned: boolean;
  timeoutMs: number;
  authPlaces: readonly AuthPlace[];
}

const AUTH_PLACES = ['headers', 'body', 'query'] as const;

const settingsSchema = z.object({
  baseUrl: baseUrlSchema.nullable(),
  sendPrefix: z.string().default(''),
  apiKey: apiKeySchema.nullable(),
  webhookSecret: webhookSecretSchema.nullable(),
  mustBeSigned: z.boolean().default(false),
  timeoutMs: z.number().int().min(1).max(120_000).default(20_000),
  authPlacement: z.union([z.literal('all'), z.array(z.enum(AUTH_PLACES)).min(1)]).default('all'),
});

/**
 * Checks the settings once, when the channel is made, and tells what holds for all accounts from what the settings' own
 * account needs.
 * @throws InvalidInputError naming the faulty settings, never their values
 */
export function readDirectamConfig(settings: DirectamSettings): {
  config: DirectamConfig;
  credentials: DirectamCredentials;
} {
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), 'is not usable']));
    throw new InvalidInputError(`Directam settings are not usable: ${Object.keys(fields).join(', ')}`, fields);
  }
  const { baseUrl, sendPrefix, apiKey, webhookSecret, mustBeSigned, timeoutMs, authPlacement } = parsed.data;
  const authPlaces = authPlacement === 'all' ? AUTH_PLACES : authPlacement;
  return {
    config: { sendPrefix: sendPrefix.replace(/^\/+|\/+$/g, ''), mustBeSigned, timeoutMs, authPlaces },
    credentials: { baseUrl, apiKey, webhookSecret },
  };
}
