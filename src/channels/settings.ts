import type { DirectamSettings } from './directam/settings.ts';

/** What the environment says about each channel. */
export interface ChannelSettings {
  /** Null or absent: off. */
  directam?: DirectamSettings | null;
  /** On unless told. */
  simulator?: boolean;
}
