import { createDirectamConnector, type DirectamSettings } from '../../src/channels/directam/index.ts';
import { type DirectamBehaviour, signDirectam, startFakeDirectam } from '../support/fake-directam.ts';
import {
  CONTRACT_ACCOUNT,
  CONTRACT_CUSTOMER,
  describeConnector,
  type ProviderFake,
  type ProviderMood,
} from './connector-contract.ts';

const SECRET = 'webhook-secret';
const settings: DirectamSettings = { baseUrl: null, apiKey: null, webhookSecret: SECRET };

const BEHAVIOUR_OF: Record<ProviderMood, DirectamBehaviour> = {
  accepts: 'ok',
  refuses: 'success-false',
  'is-throttling': 'rate-limited',
  fails: 'server-error',
  'drops-the-connection': 'accept-and-drop',
  'talks-nonsense': 'not-json',
  hangs: 'hang',
};

async function startProvider(): Promise<ProviderFake> {
  const gateway = await startFakeDirectam();
  return {
    connect: (apiKey, timeoutMs) => createDirectamConnector({ ...settings, baseUrl: gateway.url, apiKey, timeoutMs }),
    // Port 1 is reserved, and nothing listens there.
    connectToNobody: () => createDirectamConnector({ ...settings, baseUrl: 'http://127.0.0.1:1' }),
    become: (mood) => gateway.behave(BEHAVIOUR_OF[mood]),
    requestCount: () => gateway.requestCount(),
    close: () => gateway.close(),
  };
}

describeConnector('directam', {
  connector: createDirectamConnector(settings),
  webhook: ({ text, number }) =>
    Buffer.from(
      JSON.stringify({
        sender: CONTRACT_CUSTOMER,
        receiver: CONTRACT_ACCOUNT,
        message_type: 'text',
        text,
        timestamp: 1_795_255_200 - (number ?? 0),
      }),
    ),
  sign: (rawBody) => ({ 'x-webhook-signature': signDirectam(rawBody, SECRET) }),
  isInternal: false,
  startProvider,
});
