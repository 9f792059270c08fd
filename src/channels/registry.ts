import type { ChannelName, Connector } from './connector.ts';
import { createDirectamConnector, type DirectamSettings } from './directam/index.ts';
import { createSimulatorConnector } from './simulator/index.ts';

/** Settings of each channel; null or absent turns it off. */
export interface ChannelSettings {
  directam?: DirectamSettings | null;
  simulator?: boolean;
}

/** One line a channel: what it needs, and null when that is not there. */
const CHANNELS: readonly ((settings: ChannelSettings) => Connector | null)[] = [
  ({ directam }) => (directam ? createDirectamConnector(directam) : null),
  ({ simulator = true }) => (simulator ? createSimulatorConnector() : null),
];

/**
 * Makes the connectors of the channels that are on.
 * @throws InvalidInputError when a channel's settings are there but not usable
 */
export function createConnectors(settings: ChannelSettings): Map<ChannelName, Connector> {
  const connectors = CHANNELS.map((create) => create(settings)).filter((connector) => connector !== null);
  return new Map(connectors.map((connector) => [connector.name, connector]));
}
