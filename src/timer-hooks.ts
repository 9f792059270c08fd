import { snoozeHooks } from './conversations/snooze-hooks.ts';
import type { TimerHooksByKind } from './conversations/timer-store.ts';
import { orderFormHooks } from './orders/timer-hooks.ts';

/** What the kinds of timers write of their own, beside what `timer-kinds.ts` says of them. */
export const TIMER_HOOKS: TimerHooksByKind = {
  snooze: snoozeHooks,
  order_form: orderFormHooks,
};
