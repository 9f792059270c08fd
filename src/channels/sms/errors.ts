/** What Twilio's error codes mean for a message. Pure. */

/** A line: a short word for the panel, and the codes that mean it. */
const REASONS: readonly (readonly [reason: string, codes: readonly number[]])[] = [
  ['opted_out', [21610]],
  ['invalid_number', [21211, 21214, 21217, 21604, 30005]],
  ['not_mobile', [21614, 30006]],
  ['unroutable', [21408, 21612]],
  ['bad_sender', [21212, 21603, 21606, 21659, 21660, 21703]],
  ['trial_account', [21608]],
  ['bad_api_key', [20003, 20005, 20006, 20404]],
  ['account_restricted', [30002, 30032, 30034]],
  ['carrier_blocked', [30004, 30007, 30610]],
  ['unreachable', [30003]],
  ['too_expensive', [30010]],
  ['too_many_actions', [30023, 63038]],
  ['invalid_content', [21602, 21617, 21619, 21620]],
];

/** Every word that a refusal can have, so that the panel has a sentence for each. */
export const SMS_REASONS: readonly string[] = ['refused', ...REASONS.map(([reason]) => reason)];

/** Certainly not processed, and worth another try later. */
const THROTTLED = new Set([20429, 21611, 30001, 30022, 63018]);

export function reasonOfTwilio(code: number): string {
  return REASONS.find(([, codes]) => codes.includes(code))?.[0] ?? 'refused';
}

export function isThrottled(code: number): boolean {
  return THROTTLED.has(code);
}
