import { ChannelUnavailableError } from '../../platform/errors.ts';
import type { Connector, SendReceipt, SendRequest } from '../connector.ts';
import { createFit } from '../fit-content.ts';
import { INSTAGRAM_LIMITS } from '../instagram-limits.ts';
import { parseSimulatorMessage } from './payload.ts';

export { SIMULATOR_ACCOUNT } from './payload.ts';

/**
 * Makes the simulator: a channel like any other up to the network, where nothing leaves.
 *
 * `verify` accepts everything, because the only caller is `POST /api/simulator/messages`, after it has
 * checked who asks.
 * It must never be given a public webhook path.
 */
export function createSimulatorConnector(): Connector {
  return {
    name: 'simulator',
    limits: INSTAGRAM_LIMITS,
    verify: () => {},
    parse: (request) => parseSimulatorMessage(request),
    fit: createFit(INSTAGRAM_LIMITS),
    send: sendNowhere,
  };
}

async function sendNowhere({ intentId, signal }: SendRequest): Promise<SendReceipt> {
  if (signal?.aborted) throw new ChannelUnavailableError('The send was cancelled before it began');
  return { externalId: `sim-${intentId}`, httpStatus: 200 };
}
