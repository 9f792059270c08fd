import { lazy } from 'react';
import type { Conversation } from '../records.ts';

// One page for both addresses: opening a conversation keeps the list where it is.
const InboxPage = lazy(() => import('./InboxPage.tsx'));

export default {
  list: InboxPage,
  show: InboxPage,
  recordRepresentation: ({ contactName, contactExternalId }: Conversation) => contactName || contactExternalId,
};
