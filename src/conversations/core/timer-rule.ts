/** What a kind of timer does in the situations that end timers, and at its time. A feature that has a kind exports one of these. */
export interface TimerRule {
  /** Only the newest of this kind counts: setting another replaces it. */
  single: boolean;
  /** A message of the customer ends it. */
  endsWhenCustomerWrites: boolean;
  /** It ends when the bot does not go on: a person took over, the customer opted out, the conversation was closed. */
  endsWithBot: boolean;
  /** It is for something that may not happen after the messaging window closed. */
  withinWindow: boolean;
  /** It does not go off while the bot is at work on a turn, which may move it. */
  waitsForTurn: boolean;
  /** Whether its rows of the ledger go out at its time: never, always, or only while the bot is in charge. */
  sends: 'never' | 'always' | 'while-bot';
  /** It opens a conversation again that was closed meanwhile. */
  reopens: boolean;
}
