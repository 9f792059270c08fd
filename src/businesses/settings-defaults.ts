import type { Config } from '../config.ts';
import type { SettingsDefaults } from './settings.ts';

/** The variables as the defaults of every business's settings. */
export function settingsDefaultsOf({ policy, debounce, ai }: Config): SettingsDefaults {
  return {
    quietHours: policy.quietHours,
    followUp: { enabled: policy.followUpEnabled, delayMs: policy.followUpDelayMs, message: policy.followUpMessage },
    debounceMs: debounce.quietMs,
    takeoverMs: policy.takeoverMs,
    ai,
  };
}
