/** What the environment says of text messages by Twilio, and of the one sender that it may name. */
export interface SmsSettings {
  /** Twilio's, without a slash at its end. */
  apiBaseUrl: string;
  /** Ours, as the world knows it: signatures are made over it, and what becomes of messages is told to it. */
  publicBaseUrl: string;
  /** Who answers STOP: the carrier, where the number is one of those for which it does, or we. */
  optOutHandledBy: 'carrier' | 'app';
  /** Null: accounts are connected by people only. */
  account: SmsAccountSettings | null;
  /** Time for one send, connecting included; 20 seconds unless told. */
  timeoutMs?: number;
}

/** One of `phoneNumber` and `messagingServiceSid` is there at least. */
export interface SmsAccountSettings {
  accountSid: string;
  authToken: string;
  phoneNumber?: string | undefined;
  messagingServiceSid?: string | undefined;
}
