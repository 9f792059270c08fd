/** What Meta's error codes mean for a send. Pure; `answer.ts` makes errors of ours from it. */

/** `throttled`: certainly not processed. `unknown`: the message may have left all the same. */
export type MetaVerdict =
  | { kind: 'rejected'; reason: string }
  | { kind: 'throttled' }
  | { kind: 'unknown'; reason: string };

export interface MetaError {
  code: number;
  subcode: number | null;
  isTransient: boolean;
}

const rejected = (reason: string): MetaVerdict => ({ kind: 'rejected', reason });
const throttled: MetaVerdict = { kind: 'throttled' };
const unknown = (reason: string): MetaVerdict => ({ kind: 'unknown', reason });

/** A line: the code, the subcode where it tells more, and what it means. The first that fits counts. */
const ERRORS: readonly (readonly [codes: readonly number[], subcodes: readonly number[] | null, MetaVerdict])[] = [
  // The answer is no good, though the message was sent.
  [[1], [1357046], unknown('unreadable_answer')],
  [[1], [99], rejected('permission_missing')],
  [[2], [2018344], rejected('terms_not_accepted')],
  [[1, 2], null, unknown('server_error')],

  [[613], [1893016, 2018338], rejected('too_many_actions')],
  [[9], null, rejected('too_many_actions')],
  [[4, 17, 32, 341, 613, 80001, 80002, 80006], null, throttled],

  [[102, 190], null, rejected('token_expired')],
  [[10], [2534077], rejected('link_unverified')],

  [[10], [2534022, 2018278, 2018065], rejected('window_closed')],
  [[10], [2018108], rejected('unreachable')],
  [[10], [1893063], rejected('account_restricted')],
  [[368, 2022, 36103], null, rejected('account_restricted')],
  [[100], [2534029], rejected('account_restricted')],

  [[551], null, rejected('unreachable')],
  [[200], [1545041], rejected('unreachable')],
  [[100], [2018001, 2534014], rejected('unreachable')],
  [[2534001], null, rejected('unreachable')],

  [[200], [2534041], rejected('messages_switched_off')],
  [[200], [2018028], rejected('permission_missing')],
  [[3, 10], null, rejected('permission_missing')],

  [[100], [2018008, 2018047, 2018109, 2018294], rejected('media_refused')],
  [[100], [2534013], rejected('page_not_linked')],
  [[2534013], null, rejected('comment_closed')],
  [[100], [2534025], rejected('comment_closed')],
  [[2018300], null, rejected('other_app')],
  [[100], [2534037, 2018300], rejected('other_app')],
];

/** Codes of missing permissions. */
const PERMISSIONS = { from: 200, to: 299 };

/** What an error means; a code that nobody knows is final, unless it says itself that it will pass. */
export function readMetaError({ code, subcode, isTransient }: MetaError, status: number): MetaVerdict {
  const known = ERRORS.find(
    ([codes, subcodes]) =>
      codes.includes(code) && (subcodes === null || (subcode !== null && subcodes.includes(subcode))),
  );
  if (known) return known[2];
  if (code >= PERMISSIONS.from && code <= PERMISSIONS.to) return rejected('permission_missing');
  if (status === 429) return throttled;
  return isTransient || status >= 500 ? unknown('server_error') : rejected('refused');
}

/** Every word that a refusal can have, so that the panel has a sentence for each. */
export const META_REASONS: readonly string[] = [
  ...new Set(['refused', ...ERRORS.flatMap(([, , verdict]) => (verdict.kind === 'throttled' ? [] : [verdict.reason]))]),
];
