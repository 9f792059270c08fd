import type { Connector } from '../connector.ts';
import { createProviderClient } from '../provider-client.ts';
import { type DirectamSettings, readDirectamConfig } from './config.ts';
import { DIRECTAM_LIMITS, fitDirectam } from './limits.ts';
import { parseDirectamWebhook } from './payload.ts';
import { sendToDirectam } from './send.ts';
import { verifyDirectamSignature } from './signature.ts';

export type { DirectamSettings } from './config.ts';

/**
 * Makes the Directam channel: Instagram direct messages through the ManyMessage gateway.
 * @throws InvalidInputError when a setting is not usable
 */
export function createDirectamConnector(settings: DirectamSettings): Connector {
  const config = readDirectamConfig(settings);
  const post = createProviderClient();
  return {
    name: 'directam',
    limits: DIRECTAM_LIMITS,
    verify: (request) => verifyDirectamSignature(request, config.webhookSecret),
    parse: parseDirectamWebhook,
    fit: fitDirectam,
    send: (request) => sendToDirectam(config, post, request),
  };
}
