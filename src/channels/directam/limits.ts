import { createFit, type FitLimits } from '../fit-content.ts';
import { INSTAGRAM_LIMITS } from '../instagram-limits.ts';

/** Directam delivers to Instagram, so Instagram's limits decide what arrives. */
export const DIRECTAM_LIMITS: FitLimits = INSTAGRAM_LIMITS;

/** Splits and shortens a content to Directam's limits. */
export const fitDirectam = createFit(DIRECTAM_LIMITS);
