import type { Feature } from '../platform/feature.ts';
import { AI_KEY } from './ai-key.ts';
import { businesses } from './resource.ts';

/** The shops of an installation and what each has set. */
export const businessesFeature: Feature = {
  name: 'businesses',
  resources: [businesses],
  encryptedColumns: [AI_KEY],
};
