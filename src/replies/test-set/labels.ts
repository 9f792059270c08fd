/** What a customer wants, what an answer does, and in what it is written: the words of the files. */

export const SHOP_KINDS = ['clothes', 'perfume', 'electronics', 'food', 'services'] as const;

export const LANGUAGES = ['fa', 'en', 'latin', 'mixed'] as const;

export const TURN_KINDS = [
  'price',
  'stock',
  'attribute',
  'reference',
  'several',
  'shop',
  'delivery',
  'budget',
  'compare',
  'gift',
  'list',
  'order',
  'order_status',
  'haggle',
  'bulk',
  'notify',
  'complaint',
  'feeling',
  'person',
  'small_talk',
  'honesty',
] as const;

/**
 * `answer`: the bot answers by itself. `ask`: it asks the customer something. `person`: somebody of the shop is called.
 * `note`: it answers and leaves a task for somebody. `order`: an order form is open. `placed`: an order is placed. `silent`:
 * nothing is said.
 */
export const ACTIONS = ['answer', 'ask', 'person', 'note', 'order', 'placed', 'silent'] as const;

/** `absent`: the shop has nothing of the kind, or the bot found nothing. `unknown`: the shop does not say. */
export const SAYINGS = ['yes', 'no', 'absent', 'unknown', 'sorry'] as const;

export type TurnLanguage = (typeof LANGUAGES)[number];
export type TurnKind = (typeof TURN_KINDS)[number];
export type AnswerAction = (typeof ACTIONS)[number];
export type Saying = (typeof SAYINGS)[number];
