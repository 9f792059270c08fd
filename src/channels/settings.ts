import type { DirectamSettings } from './directam/settings.ts';
import type { MetaSettings } from './meta/settings.ts';
import type { SmsSettings } from './sms/settings.ts';

/** What the environment says about each channel. */
export interface ChannelSettings {
  /** Null or absent: off. */
  directam?: DirectamSettings | null;
  /** Instagram and Messenger. */
  meta?: MetaSettings | null;
  sms?: SmsSettings | null;
  /** On unless told. */
  simulator?: boolean;
}
