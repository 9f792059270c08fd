import { createSimulatorChannel } from '../../src/channels/simulator/index.ts';
import { CONTRACT_ACCOUNT, CONTRACT_CUSTOMER, describeChannel } from './channel-contract.ts';

describeChannel('simulator', {
  channel: createSimulatorChannel(),
  credentials: [null, null],
  webhook: ({ text, number }) =>
    Buffer.from(
      JSON.stringify({
        account: CONTRACT_ACCOUNT,
        conversation: CONTRACT_CUSTOMER,
        text,
        ...(number === null ? {} : { message_id: `m-${number}` }),
      }),
    ),
  changeWebhook: (change, atMs) => {
    const { kind, externalId: message_id } = change;
    const done =
      kind === 'reaction'
        ? { reaction: { message_id, emoji: change.emoji } }
        : { edit: { message_id, text: kind === 'edit' ? change.text : null } };
    const body = { account: CONTRACT_ACCOUNT, conversation: CONTRACT_CUSTOMER, timestamp: atMs, ...done };
    return Buffer.from(JSON.stringify(body));
  },
  sign: () => ({}),
  isInternal: true,
  startProvider: null,
});
