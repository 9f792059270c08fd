import { createDirectamChannel } from '../../src/channels/directam/index.ts';
import type { DirectamSettings } from '../../src/channels/directam/settings.ts';
import { type DirectamBehaviour, signDirectam, startFakeDirectam } from '../support/fake-directam.ts';
import {
  CONTRACT_ACCOUNT,
  CONTRACT_CUSTOMER,
  describeChannel,
  type ProviderFake,
  type ProviderMood,
} from './channel-contract.ts';

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
    connect: (apiKey, timeoutMs) => ({
      channel: createDirectamChannel({ ...settings, timeoutMs }),
      credentials: { baseUrl: gateway.url, apiKey },
    }),
    // Port 1 is reserved, and nothing listens there.
    connectToNobody: () => ({
      channel: createDirectamChannel(settings),
      credentials: { baseUrl: 'http://127.0.0.1:1', apiKey: 'key' },
    }),
    become: (mood) => gateway.behave(BEHAVIOUR_OF[mood]),
    requestCount: () => gateway.requestCount(),
    close: () => gateway.close(),
  };
}

describeChannel('directam', {
  channel: createDirectamChannel(settings),
  credentials: [
    { baseUrl: null, apiKey: null, webhookSecret: 'another' },
    { baseUrl: null, apiKey: null, webhookSecret: SECRET },
  ],
  filledForm: { baseUrl: 'https://gateway.example/webservice', apiKey: 'key', webhookSecret: SECRET },
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
