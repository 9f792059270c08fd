/** Which permission of the server each screen and button needs. The server decides; this only hides what would fail. */
export const NEEDED_BY_RESOURCE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  conversations: { view: 'view-conversations', manage: 'manage-conversations', send: 'send-messages' },
  messages: { view: 'view-messages' },
  contacts: { view: 'view-conversations', manage: 'manage-conversations' },
  notes: { view: 'view-messages' },
  timers: { view: 'view-conversations', manage: 'manage-conversations' },
  'saved-filters': { view: 'view-conversations' },
  'outbound-messages': { view: 'view-messages', manage: 'send-messages' },
  followups: { view: 'view-conversations', manage: 'manage-followups' },
  tickets: { view: 'view-conversations', manage: 'manage-tickets' },
  orders: { view: 'view-conversations', manage: 'manage-orders' },
  products: {
    view: 'view-conversations',
    create: 'manage-products',
    edit: 'manage-products',
    delete: 'manage-products',
  },
  'sync-runs': { view: 'view-conversations', manage: 'manage-products' },
  'post-links': { view: 'view-conversations', create: 'manage-products', delete: 'manage-products' },
  'catalog-sources': {
    view: 'view-conversations',
    create: 'manage-products',
    edit: 'manage-products',
    delete: 'manage-products',
  },
  'inbound-events': { view: 'view-logs', manage: 'manage-inbox' },
  'inbound-deliveries': { view: 'view-logs' },
  simulator: { view: 'use-simulator' },
  decisions: { view: 'view-messages' },
  faqs: { view: 'view-conversations', create: 'manage-faqs', edit: 'manage-faqs', delete: 'manage-faqs' },
  'test-conversations': {
    view: 'view-messages',
    create: 'manage-faqs',
    edit: 'manage-faqs',
    delete: 'manage-faqs',
    manage: 'use-simulator',
  },
  labels: {
    view: 'view-conversations',
    create: 'manage-conversations',
    edit: 'manage-conversations',
    delete: 'manage-conversations',
  },
  'canned-replies': {
    view: 'view-conversations',
    create: 'manage-conversations',
    edit: 'manage-conversations',
    delete: 'manage-conversations',
  },
  users: { view: 'manage-users', create: 'manage-users', edit: 'manage-users', delete: 'manage-users' },
  'api-keys': { view: 'manage-api-keys', create: 'manage-api-keys', manage: 'manage-api-keys' },
  businesses: { view: 'view-conversations', create: 'manage-installation', edit: 'manage-settings' },
  settings: { view: 'manage-settings' },
  accounts: {
    view: 'view-conversations',
    create: 'manage-instagram-accounts',
    edit: 'manage-instagram-accounts',
    delete: 'manage-instagram-accounts',
  },
  'audit-logs': { view: 'view-logs' },
  'app-logs': { view: 'view-logs' },
  sessions: { view: 'view-conversations', manage: 'view-conversations' },
  prompts: { view: 'manage-prompts' },
  'prompt-versions': {
    view: 'manage-prompts',
    create: 'manage-prompts',
    edit: 'manage-prompts',
    delete: 'manage-prompts',
  },
  reruns: { view: 'manage-prompts', create: 'manage-prompts' },
  'rerun-results': { view: 'manage-prompts' },
  dashboard: { view: 'view-conversations' },
  places: { view: 'view-conversations' },
  health: { view: 'view-conversations' },
  analytics: { view: 'view-messages' },
  behaviour: { view: 'view-messages' },
  unanswered: { view: 'view-messages' },
  'ai-context': { view: 'view-messages', manage: 'use-simulator' },
};

const READING_ACTIONS: ReadonlySet<string> = new Set(['list', 'show', 'export', 'view']);

/** Whether a person with these permissions may do `action` on `resource`. Unknown resources and actions: no. */
export function isAllowed(permissions: readonly string[], resource: string, action: string): boolean {
  const needed = NEEDED_BY_RESOURCE[resource]?.[READING_ACTIONS.has(action) ? 'view' : action];
  return needed !== undefined && permissions.includes(needed);
}
