import { detectLanguage } from '../text/intents.ts';
import type { Language } from '../text/message.ts';

/** A time of a weekday (0 is Sunday) at which the shop is open, as local `HH:MM`. */
export interface OpeningHours {
  weekday: number;
  from: string;
  to: string;
}

/** A prompt of the shop's own: the template in each language. */
export interface ShopPrompt {
  /** `v2.1`, … */
  version: string;
  fa: string;
  en: string;
}

/** What an answer may be made of, as stored. Customer text is only in `transcript`. */
export interface ReplyContext {
  businessId: string;
  businessName: string;
  businessPrompt: string;
  businessLanguage: Language;
  timeZone: string;
  /** When the shop is open, where its settings say; null or absent: they do not. */
  businessHours?: readonly OpeningHours[] | null;
  aiEnabled: boolean;
  channel: string;
  contactLanguage: Language | null;
  /** The customer wants no automatic messages: whatever were thought would stop at the gate. */
  optedOut: boolean;
  /** Oldest first; `isNew` marks the messages to answer. */
  transcript: {
    author: 'customer' | 'shop';
    kind: string;
    text: string;
    isNew: boolean;
    /** Of a tapped button. */
    payload?: string | null;
    /** Of what the customer sent or shared. */
    mediaUrls?: string[];
  }[];
  faqs: { question: string; answer: string }[];
  /** How long ago the first attempt to answer it began; null: not known. Absent: nobody asked. */
  begunAgoMs?: number | null;
  /** Its turn still counts as handed over. */
  isHanded?: boolean | null;
  /** What the shop published in the place of the release's prompt `reply`. */
  shopPrompt?: ShopPrompt | null;
  /** False: the shop never had a product, so there is nothing to look up. Absent: not known. */
  hasProducts?: boolean;
  /** The products of the answers before, the newest first, where no decision is stored that tells (a rehearsal); absent: decisions tell. */
  recentLists?: string[][];
  /** False: no order was ever begun in this conversation. Absent: not known. */
  hasOrderForms?: boolean;
}

/** The customer's own language where it can be told, else what they used before, else the shop's. */
export function languageOf(context: ReplyContext): Language {
  const words = context.transcript.filter((line) => line.isNew).map((line) => line.text);
  return detectLanguage(words.join('\n')) ?? context.contactLanguage ?? context.businessLanguage;
}
