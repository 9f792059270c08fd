import type { ChannelDefinition } from './channel.ts';
import { directam } from './directam/index.ts';
import { instagram, messenger } from './meta/index.ts';
import { simulator } from './simulator/index.ts';
import { sms } from './sms/index.ts';

/**
 * The channels, a line each. Webhooks, the API's document, filters, forms and the panel are made from this list; whoever
 * adds a channel adds its folder and its line.
 */
export const CHANNELS: readonly ChannelDefinition[] = [directam, simulator, instagram, messenger, sms];
