import { AGREED_WORD, createPagerChannel, pagerCredentials, signPager } from '../support/pager-channel.ts';
import { CONTRACT_ACCOUNT, CONTRACT_CUSTOMER, describeChannel } from './channel-contract.ts';

const form = (fields: Record<string, string>) => Buffer.from(new URLSearchParams(fields).toString());
const ask = (word: string) => ({
  rawBody: Buffer.alloc(0),
  headers: {},
  receivedAtMs: 0,
  url: `/webhooks/pager?word=${word}&challenge=proof`,
});

describeChannel('pager', {
  channel: createPagerChannel(),
  credentials: [{ ...pagerCredentials, token: 'another' }, pagerCredentials],
  filledForm: { baseUrl: 'https://pager.example', token: 'token' },
  webhook: ({ text, number }) => form({ To: CONTRACT_ACCOUNT, From: CONTRACT_CUSTOMER, Body: text, Id: `m-${number}` }),
  sign: (rawBody) => ({ 'x-pager-signature': signPager('', rawBody) }),
  statusWebhook: (id, state) => ({
    rawBody: form({ To: CONTRACT_ACCOUNT, Id: id, State: state }),
    headers: {},
    receivedAtMs: 0,
  }),
  challenge: { right: ask(AGREED_WORD), wrong: ask('guess'), answer: 'proof' },
  isInternal: false,
  startProvider: null,
});
