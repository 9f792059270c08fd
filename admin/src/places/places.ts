/** One screen of a place: a tab of it, and a card on its first page. */
export interface Section {
  /** Key of its texts below `peyk.section` and `peyk.section_hint`. */
  name: string;
  /** Its address in the panel. Everything below it belongs to it too. */
  to: string;
  /** Whose permission it needs, and to do what (`permissions.ts`); to see it, unless told. */
  needs: string;
  action?: string;
  /** Further addresses that belong to it. */
  also?: readonly string[];
}

/** An entry of the menu. Its first section that a person may see is where it leads. */
export interface Place {
  /** Key of its name below `peyk.place`. */
  name: string;
  /** A place within another is reached by a tab of that one, and is no entry of the menu. */
  within?: string;
  sections: readonly Section[];
}

/** What waits for somebody, where it is told, and the list behind the number. */
export interface WaitingPlace {
  kind: string;
  place: string;
  to: string;
  /** Counted in the menu: a customer waits, or nothing goes on before somebody has looked. */
  isUrgent?: boolean;
}

/**
 * Every screen of the panel by where a person would look for it. A new feature adds one line here, and its texts in
 * `places.en.ts` and `places.fa.ts`: appointments come to the orders, campaigns to the customers, comments to the inbox.
 */
export const PLACES: readonly Place[] = [
  {
    name: 'inbox',
    sections: [
      { name: 'conversations', to: '/conversations', needs: 'conversations' },
      { name: 'tickets', to: '/tickets', needs: 'tickets' },
      { name: 'followups', to: '/followups', needs: 'followups' },
      { name: 'outbound', to: '/outbound-messages', needs: 'outbound-messages' },
      { name: 'messages', to: '/messages', needs: 'messages' },
    ],
  },
  { name: 'orders', sections: [{ name: 'orders', to: '/orders', needs: 'orders' }] },
  {
    name: 'customers',
    sections: [
      { name: 'contacts', to: '/contacts', needs: 'contacts' },
      { name: 'behaviour', to: '/behaviour', needs: 'behaviour' },
    ],
  },
  {
    name: 'products',
    sections: [
      { name: 'products', to: '/products', needs: 'products' },
      { name: 'posts', to: '/post-links', needs: 'post-links' },
      { name: 'sources', to: '/catalog-sources', needs: 'catalog-sources' },
      { name: 'sync', to: '/sync-runs', needs: 'sync-runs' },
    ],
  },
  {
    name: 'bot',
    sections: [
      { name: 'overview', to: '/bot', needs: 'places' },
      { name: 'unanswered', to: '/unanswered', needs: 'unanswered' },
      { name: 'faqs', to: '/faqs', needs: 'faqs' },
      { name: 'simulator', to: '/simulator', needs: 'simulator', also: ['/rehearsal'] },
      { name: 'tests', to: '/test-conversations', needs: 'test-conversations' },
      { name: 'decisions', to: '/decisions', needs: 'decisions' },
    ],
  },
  {
    name: 'prompts',
    within: 'bot',
    sections: [
      { name: 'own_prompts', to: '/prompt-versions', needs: 'prompt-versions' },
      { name: 'prompts', to: '/prompts', needs: 'prompts' },
      { name: 'reruns', to: '/reruns', needs: 'reruns' },
      { name: 'context', to: '/ai-context', needs: 'ai-context' },
    ],
  },
  {
    name: 'reports',
    sections: [
      { name: 'today', to: '/', needs: 'dashboard' },
      { name: 'figures', to: '/analytics', needs: 'analytics' },
    ],
  },
  {
    name: 'settings',
    sections: [
      { name: 'overview', to: '/setup', needs: 'places' },
      { name: 'shop', to: '/settings', needs: 'settings' },
      { name: 'accounts', to: '/accounts', needs: 'accounts' },
      { name: 'users', to: '/users', needs: 'users' },
      { name: 'canned', to: '/canned-replies', needs: 'canned-replies' },
      { name: 'labels', to: '/labels', needs: 'labels' },
      { name: 'password', to: '/password', needs: 'places' },
      { name: 'sessions', to: '/sessions', needs: 'sessions' },
    ],
  },
  {
    name: 'system',
    within: 'settings',
    sections: [
      { name: 'health', to: '/health', needs: 'health' },
      { name: 'events', to: '/inbound-events', needs: 'inbound-events' },
      { name: 'audit', to: '/audit-logs', needs: 'audit-logs' },
      { name: 'logs', to: '/app-logs', needs: 'app-logs' },
      { name: 'keys', to: '/api-keys', needs: 'api-keys' },
      { name: 'businesses', to: '/businesses', needs: 'businesses', action: 'create' },
    ],
  },
];

const listOf = (resource: string, filter: object) =>
  `/${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`;

/** In the order in which they are told at their place. */
export const WAITING: readonly WaitingPlace[] = [
  { kind: 'conversations', place: 'inbox', to: listOf('conversations', { tab: 'waiting' }), isUrgent: true },
  { kind: 'unknown_sends', place: 'inbox', to: listOf('outbound-messages', { waitsForPerson: true }) },
  { kind: 'tickets', place: 'inbox', to: listOf('tickets', { state: 'open' }) },
  { kind: 'orders_to_price', place: 'orders', to: listOf('orders', { state: 'draft' }), isUrgent: true },
  { kind: 'orders_to_confirm', place: 'orders', to: listOf('orders', { state: 'placed' }), isUrgent: true },
  { kind: 'orders_to_ship', place: 'orders', to: listOf('orders', { state: 'confirmed' }) },
  { kind: 'silent_customers', place: 'customers', to: listOf('followups', { state: 'pending' }) },
  { kind: 'failed_sync', place: 'products', to: '/sync-runs' },
  { kind: 'products_without_price', place: 'products', to: listOf('products', { price: null }) },
  { kind: 'ill_accounts', place: 'settings', to: '/accounts', isUrgent: true },
];
