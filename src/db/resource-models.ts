import type { Prisma } from './generated/client.ts';

/** What each panel resource reads besides its own row. Kept small: every include is paid for on each list. */
const ofContact = { select: { name: true, externalId: true } } as const;
const ofUser = { select: { username: true } } as const;
const ofConversation = { select: { channel: true, contactId: true, contact: ofContact } } as const;

export const RESOURCE_INCLUDES = {
  account: undefined,
  apiKey: undefined,
  appLog: undefined,
  auditLog: undefined,
  business: undefined,
  contact: { account: { select: { channel: true } }, conversations: { select: { id: true }, take: 1 } },
  conversation: { contact: ofContact },
  decision: { outbound: { select: { id: true }, orderBy: { position: 'asc' } } },
  faq: undefined,
  followUp: { conversation: ofConversation, outbound: { select: { id: true } } },
  inboundEvent: { conversation: ofConversation },
  loginSession: { user: ofUser },
  message: { conversation: ofConversation },
  outboundMessage: { conversation: ofConversation },
  promptFile: undefined,
  ticket: { conversation: ofConversation, assignee: ofUser },
  user: undefined,
} as const satisfies Record<string, object | undefined>;

export type ResourceModel = keyof typeof RESOURCE_INCLUDES;

type Includes = typeof RESOURCE_INCLUDES;

/** The row that a presenter of each model is given. */
export interface ResourceRows {
  account: Prisma.AccountGetPayload<object>;
  apiKey: Prisma.ApiKeyGetPayload<object>;
  appLog: Prisma.AppLogGetPayload<object>;
  auditLog: Prisma.AuditLogGetPayload<object>;
  business: Prisma.BusinessGetPayload<object>;
  contact: Prisma.ContactGetPayload<{ include: Includes['contact'] }>;
  conversation: Prisma.ConversationGetPayload<{ include: Includes['conversation'] }>;
  decision: Prisma.DecisionGetPayload<{ include: Includes['decision'] }>;
  faq: Prisma.FaqGetPayload<object>;
  followUp: Prisma.FollowUpGetPayload<{ include: Includes['followUp'] }>;
  inboundEvent: Prisma.InboundEventGetPayload<{ include: Includes['inboundEvent'] }>;
  loginSession: Prisma.LoginSessionGetPayload<{ include: Includes['loginSession'] }>;
  message: Prisma.MessageGetPayload<{ include: Includes['message'] }>;
  outboundMessage: Prisma.OutboundMessageGetPayload<{ include: Includes['outboundMessage'] }>;
  promptFile: Prisma.PromptFileGetPayload<object>;
  ticket: Prisma.TicketGetPayload<{ include: Includes['ticket'] }>;
  user: Prisma.UserGetPayload<object>;
}
