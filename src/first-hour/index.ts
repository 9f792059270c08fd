import type { Feature } from '../platform/feature.ts';
import { dismissFirstHour, type FirstHourNeeds, readFirstHour } from './actions.ts';

/** What a new shop does first. */
export const firstHourFeature: Feature<FirstHourNeeds> = {
  name: 'first-hour',
  actions: [readFirstHour, dismissFirstHour],
};
