/** What a person or key may do. Names are stable: they are stored in API keys' scopes and shown in the panel. */
export const PERMISSIONS = [
  'view-conversations',
  'view-messages',
  'send-messages',
  'manage-conversations',
  'manage-followups',
  'manage-tickets',
  'manage-orders',
  'manage-products',
  'manage-faqs',
  'manage-instagram-accounts',
  'use-simulator',
  'view-logs',
  'manage-inbox',
  'manage-settings',
  'manage-prompts',
  'manage-users',
  'manage-api-keys',
  'manage-installation',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['admin', 'supervisor', 'operator', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const VIEWING: readonly Permission[] = ['view-conversations', 'view-messages'];
const OPERATING: readonly Permission[] = [
  ...VIEWING,
  'send-messages',
  'manage-conversations',
  'manage-followups',
  'manage-tickets',
  'manage-orders',
  'manage-instagram-accounts',
  'use-simulator',
];

/** Above every role: it reaches across businesses, and comes with the person, not with what they do in their own. */
export const INSTALLATION_PERMISSION: Permission = 'manage-installation';

/**
 * Viewers read; operators also talk with customers; supervisors also keep the answers and look into what went wrong;
 * admins also decide who works here and how.
 */
const PERMISSIONS_BY_ROLE: Readonly<Record<Role, readonly Permission[]>> = {
  admin: PERMISSIONS.filter((permission) => permission !== INSTALLATION_PERMISSION),
  supervisor: [...OPERATING, 'manage-products', 'manage-faqs', 'view-logs', 'manage-inbox'],
  operator: OPERATING,
  viewer: VIEWING,
};

/** What a person may do by role and, for those who run the installation, beyond it. */
export function permissionsOfUser({ role, isInstallation }: { role: string; isInstallation: boolean }): Permission[] {
  return isInstallation ? [...permissionsOf(role), INSTALLATION_PERMISSION] : [...permissionsOf(role)];
}

/** An unknown role may do nothing. */
export function permissionsOf(role: string): readonly Permission[] {
  return Object.hasOwn(PERMISSIONS_BY_ROLE, role) ? PERMISSIONS_BY_ROLE[role as Role] : [];
}

export function isRole(name: string): name is Role {
  return (ROLES as readonly string[]).includes(name);
}

export function isPermission(name: string): name is Permission {
  return (PERMISSIONS as readonly string[]).includes(name);
}
