import type { SettingsDefaults } from './settings.ts';

/** What actions on a business's settings work with. */
export interface SettingsNeeds {
  /** What the variables say where a business has set nothing. */
  settingsDefaults: SettingsDefaults;
}
