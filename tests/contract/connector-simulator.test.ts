import { createSimulatorConnector } from '../../src/channels/simulator/index.ts';
import { CONTRACT_ACCOUNT, CONTRACT_CUSTOMER, describeConnector } from './connector-contract.ts';

describeConnector('simulator', {
  connector: createSimulatorConnector(),
  webhook: ({ text, number }) =>
    Buffer.from(
      JSON.stringify({
        account: CONTRACT_ACCOUNT,
        conversation: CONTRACT_CUSTOMER,
        text,
        ...(number === null ? {} : { message_id: `m-${number}` }),
      }),
    ),
  sign: () => ({}),
  isInternal: true,
  startProvider: null,
});
