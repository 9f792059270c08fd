import type { FitLimits } from './fit-content.ts';

/** Instagram's limits, which also hold for whoever delivers to Instagram on our behalf. */
export const INSTAGRAM_LIMITS: FitLimits = Object.freeze({
  maxText: 1000,
  textUnit: 'bytes',
  maxQuickReplies: 13,
  maxButtons: 3,
  maxCards: 10,
  maxTitleCharacters: 20,
  mediaKinds: Object.freeze(['image', 'video', 'audio'] as const),
  maxButtonText: 640,
  maxCardTitleCharacters: 80,
  maxPayloadCharacters: 1000,
});
