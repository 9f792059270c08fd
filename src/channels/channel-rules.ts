// What the panel may know of a channel: plain data, without the requests and the credentials themselves.

/** A text of ours in the languages of the panel. */
export interface PanelText {
  en: string;
  fa: string;
}

export interface ChannelLimits {
  /** Limit of one text, in `textUnit`s. */
  maxText: number;
  textUnit: 'bytes' | 'characters';
  maxQuickReplies: number;
  maxButtons: number;
  maxCards: number;
  maxTitleCharacters: number;
  /** Files that it carries; the address of any other is written as text. */
  mediaKinds: readonly ('image' | 'video' | 'audio')[];
}

/** How long after a customer's last message the shop may write. */
export type WindowPolicy =
  /** Always. */
  | { kind: 'none' }
  | {
      kind: 'sinceCustomerWrote';
      /** Where the settings name no other. */
      hoursByDefault: number;
      /** What a person writes may leave for this many days, marked as such. Absent: people have no more time than the bot. */
      humanAgentDays?: number;
    };

export interface ConsentRules {
  /** Who answers STOP and START: the carrier answers by itself, and a second answer would be refused. */
  optOutHandledBy: 'carrier' | 'app';
  /** Nothing but answers may be sent to somebody who never agreed to it. */
  marketingNeedsConsent: boolean;
}

/** One entry of the form in which a person gives an account's credentials. */
export interface CredentialField {
  /** As in the schema. */
  name: string;
  label: PanelText;
  /** Never shown again once it was given. */
  isSecret: boolean;
  isRequired: boolean;
}

/** One thing that a person does to connect an account. */
export interface SetUpStep {
  text: PanelText;
  /** The path of ours to copy; the panel shows it as a full address. */
  copyPath?: string;
  /** The credential that is entered in this step. */
  field?: string;
}

/** One channel as `GET /api/channels` lists it. */
export interface ChannelListing {
  name: string;
  label: PanelText;
  limits: ChannelLimits;
  window: WindowPolicy;
  /** What an account of it is connected with. */
  credentialFields: CredentialField[];
  /** Whether an account without its own can use those of the installation's settings. */
  mayShareKeys: boolean;
  /** What a person does to connect one. */
  setUp: SetUpStep[];
  /** False: its accounts can be kept, but nothing comes from it and nothing is sent. */
  isOn: boolean;
}
