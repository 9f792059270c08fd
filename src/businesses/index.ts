import type { Feature } from '../platform/feature.ts';
import { AI_KEY } from './ai-key.ts';
import type { SettingsNeeds } from './needs.ts';
import { businesses } from './resource.ts';
import { changeSettings, readSettings } from './settings.actions.ts';

/** The shops of an installation and what each has set. */
export const businessesFeature: Feature<SettingsNeeds> = {
  name: 'businesses',
  resources: [businesses],
  actions: [readSettings, changeSettings],
  encryptedColumns: [AI_KEY],
};
