import { createFit, type FitLimits } from '../fit-content.ts';
import { INSTAGRAM_LIMITS } from '../instagram-limits.ts';

export { INSTAGRAM_LIMITS };

/** Messenger counts characters, and takes twice as many. */
export const MESSENGER_LIMITS: FitLimits = Object.freeze({
  ...INSTAGRAM_LIMITS,
  maxText: 2000,
  textUnit: 'characters',
});

export const fitInstagram = createFit(INSTAGRAM_LIMITS);
export const fitMessenger = createFit(MESSENGER_LIMITS);
