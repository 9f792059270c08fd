import type { DirectamSettings } from './directam/settings.ts';
import type { MetaSettings } from './meta/settings.ts';

/** What the environment says about each channel. */
export interface ChannelSettings {
  /** Null or absent: off. */
  directam?: DirectamSettings | null;
  /** Instagram and Messenger. */
  meta?: MetaSettings | null;
  /** On unless told. */
  simulator?: boolean;
}
