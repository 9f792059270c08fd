import { FIXED_TEXTS } from './fixed-texts.ts';
import type { Stage } from './stage.ts';
import { answerWith } from './stage-answer.ts';

/**
 * Answers a customer who asks to be left alone, and stays silent where there is nobody or nothing to answer. Whoever only tries
 * what would be answered wants to see an answer all the same.
 */
export const consentStage: Stage = {
  name: 'consent',
  take: async ({ optOut, context, language, isDryRun }) => {
    if (optOut)
      return { answer: answerWith({ text: FIXED_TEXTS.optedOut[language], intent: 'opt_out', outcome: 'opt_out' }) };
    if (isDryRun) return null;
    if (context.optedOut) return { answer: silence('opted_out') };
    // All of it was unsent meanwhile: there is nothing left to answer.
    return context.transcript.some((line) => line.isNew) ? null : { answer: silence('unsent') };
  },
};

const silence = (reason: string) => answerWith({ text: '', intent: reason, outcome: 'silent', reason });
