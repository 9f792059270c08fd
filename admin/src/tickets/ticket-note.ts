/** What the bot itself writes on a ticket, and the words for it below `peyk.ticket_note`. */
const OWN_NOTES: readonly [RegExp, string][] = [
  [/^The customer asked for a person\.$/, 'handoff'],
  [/^The customer is angry\.$/, 'angry'],
  [/^The customer complains\.$/, 'complaint'],
  [/^The customer waits for an answer\.$/, 'late'],
  [/^The customer wants to cancel an order\.$/, 'cancel_order'],
  [/^The customer wants to see pictures or a film\.$/, 'picture'],
  [/^The customer wants to know when something is back\.$/, 'notify'],
  [/^The customer wants to know when (?<products>“.+”) is back\.$/, 'notify_of'],
  [/^(?<products>“.+”) is back, and the customer wanted to know\.$/, 'restock'],
  [/^The customer asks for a lower price\.$/, 'haggle'],
  [/^The customer asks for a lower price of (?<products>“.+”)\.$/, 'haggle_of'],
  [/^The customer asks for a price for many\.$/, 'bulk'],
  [/^The customer asks for a price for many of (?<products>“.+”)\.$/, 'bulk_of'],
  [/^The customer asks whether it is there by a day\.$/, 'deadline'],
  [/^The customer asks for what the shop does not tell\.$/, 'unanswered'],
  [/^The customer says something that somebody has to look at\.$/, 'passed_on'],
  [/^The customer gave details that somebody has to look at\.$/, 'details'],
  [/^The customer asks for an order or an appointment\.$/, 'order_asked'],
  [/^The customer wants an invoice or another paper\.$/, 'document'],
  [/^The customer wants the tracking code of an order\.$/, 'tracking_code'],
  [/^The customer asks for order (?<number>\d+), which is not one of theirs\.$/, 'order_unknown'],
  [/^The same exchange repeated; the bot is paused\.$/, 'loop'],
  [/^The conversation did not go on by itself\.$/, 'stuck'],
  [/^An order waits for its price\.$/, 'order_price'],
  [/^The order form did not get on at “(?<field>\w+)”\.$/, 'order_stuck'],
  [/^Customers ask for the (?<names>.+) of (?<products>“.+”); the catalog does not say it\.$/, 'unknown_attribute'],
  [/^No model answered \((?<code>\w+)\)\.$/, 'model_failed'],
  [/^(?:Not delivered|Held back) \((?<reason>\w+)\)\. Mend the account, /, 'undelivered_account'],
  [/^Held back \((?<reason>\w+)\)\. Connect the account again: /, 'held_for_account'],
  [/^Held back \((?<reason>\w+)\)\. The channel takes nothing until /, 'undelivered_window'],
  [/^(?:Not delivered|Held back) \((?<reason>\w+)\)\. Send the message again, /, 'undelivered'],
  [/^Nobody knows whether it arrived \((?<reason>\w+)\)\. Look on the channel /, 'unknown_send'],
];

/** The bot's own note as a key with what it names; null for the words of a person. */
export function readOwnNote(note: string): { key: string; values: Record<string, string> } | null {
  for (const [pattern, key] of OWN_NOTES) {
    const found = pattern.exec(note);
    if (found) return { key, values: { ...found.groups } };
  }
  return null;
}
