import type { Feature } from '../platform/feature.ts';
import { tickets } from './resource.ts';

/** What a person must look at. */
export const ticketsFeature: Feature = {
  name: 'tickets',
  resources: [tickets],
};
