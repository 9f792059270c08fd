import { accounts } from './accounts.ts';
import { apiKeys } from './api-keys.ts';
import { appLogs } from './app-logs.ts';
import { auditLogs } from './audit-logs.ts';
import { businesses } from './businesses.ts';
import { cannedReplies } from './canned-replies.ts';
import { catalogSources } from './catalog-sources.ts';
import { colleagues } from './colleagues.ts';
import { contacts } from './contacts.ts';
import { conversations } from './conversations.ts';
import { decisions } from './decisions.ts';
import { faqs } from './faqs.ts';
import { followUps } from './followups.ts';
import { inboundDeliveries } from './inbound-deliveries.ts';
import { inboundEvents } from './inbound-events.ts';
import { labels } from './labels.ts';
import { messages } from './messages.ts';
import { notes } from './notes.ts';
import { orders } from './orders.ts';
import { outboundMessages } from './outbound-messages.ts';
import { postLinks } from './post-links.ts';
import { products } from './products.ts';
import { promptVersions } from './prompt-versions.ts';
import { prompts } from './prompts.ts';
import { rerunResults } from './rerun-results.ts';
import { reruns } from './reruns.ts';
import type { AnyResource } from './resource.ts';
import { savedFilters } from './saved-filters.ts';
import { sessions } from './sessions.ts';
import { syncRuns } from './sync-runs.ts';
import { tickets } from './tickets.ts';
import { timers } from './timers.ts';
import { users } from './users.ts';

/** Every resource under `/api`. The router, the document and the permission matrix are made from this list. */
export const RESOURCES: readonly AnyResource[] = [
  accounts,
  apiKeys,
  appLogs,
  auditLogs,
  businesses,
  cannedReplies,
  catalogSources,
  contacts,
  colleagues,
  conversations,
  decisions,
  faqs,
  followUps,
  inboundDeliveries,
  inboundEvents,
  labels,
  messages,
  notes,
  orders,
  outboundMessages,
  promptVersions,
  postLinks,
  products,
  prompts,
  rerunResults,
  reruns,
  savedFilters,
  sessions,
  syncRuns,
  tickets,
  timers,
  users,
];
