import type { TimerHooks } from '../conversations/timer-store.ts';
import { expireOrderForm } from './store.ts';

/** A form ends with its timer: by time, or because the bot does not go on with it. One that was placed stays as it is. */
export const orderFormHooks: TimerHooks = {
  async onEnd(tx, owner, { id, cause, reason }) {
    if (cause === 'due') await expireOrderForm(tx, owner, id);
    if (cause === 'bot_stopped') await expireOrderForm(tx, owner, id, reason);
  },
};
