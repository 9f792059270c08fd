import type { Feature } from '../feature.ts';
import { liveTicket } from './live-ticket.action.ts';

/** The live feed of the panel. */
export const liveFeature: Feature = {
  name: 'live',
  actions: [liveTicket],
};
