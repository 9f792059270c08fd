import { ChannelUnavailableError } from '../../platform/errors.ts';
import type { Channel, ChannelDefinition, ChannelDescriptor, SendReceipt, SendRequest } from '../channel.ts';
import { createFit } from '../fit-content.ts';
import { INSTAGRAM_LIMITS } from '../instagram-limits.ts';
import { parseSimulatorMessage } from './payload.ts';

export { SIMULATOR_ACCOUNT } from './payload.ts';

const DESCRIPTOR: ChannelDescriptor<null> = {
  name: 'simulator',
  label: { en: 'Simulator', fa: 'شبیه‌ساز' },
  limits: INSTAGRAM_LIMITS,
  // It stands in for Instagram, so it behaves like it.
  window: { kind: 'sinceCustomerWrote', hoursByDefault: 24 },
  consent: { optOutHandledBy: 'app', marketingNeedsConsent: true },
  webhooks: [],
  credentials: null,
  setUp: [],
  fit: createFit(INSTAGRAM_LIMITS),
};

/**
 * Makes the simulator: a channel like any other up to the network, where nothing leaves.
 *
 * `verify` accepts everything, because the only caller is `POST /api/simulator/messages`, after it has
 * checked who asks.
 * It must never be given a public webhook path.
 */
export function createSimulatorChannel(): Channel<null> {
  return {
    ...DESCRIPTOR,
    verify: () => null,
    parse: (request) => parseSimulatorMessage(request),
    send: sendNowhere,
  };
}

export const simulator: ChannelDefinition = {
  descriptor: DESCRIPTOR,
  create: ({ simulator: isOn = true }) => (isOn ? createSimulatorChannel() : null),
};

async function sendNowhere({ intentId, signal }: SendRequest): Promise<SendReceipt> {
  if (signal?.aborted) throw new ChannelUnavailableError('The send was cancelled before it began');
  return { externalId: `sim-${intentId}`, httpStatus: 200 };
}
