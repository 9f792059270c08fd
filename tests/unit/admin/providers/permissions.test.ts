import { describe, expect, it } from 'vitest';
import { isAllowed, NEEDED_BY_RESOURCE } from '../../../../admin/src/providers/permissions.ts';
import { isPermission } from '../../../../src/platform/auth/permissions.ts';

describe('isAllowed', () => {
  it('lets a reader read and not change', () => {
    expect(isAllowed(['view-conversations'], 'followups', 'list')).toBe(true);
    expect(isAllowed(['view-conversations'], 'followups', 'manage')).toBe(false);
  });

  it('refuses screens and actions that nobody declared', () => {
    expect(isAllowed(['view-logs'], 'passwords', 'list')).toBe(false);
    expect(isAllowed(['view-messages'], 'messages', 'delete')).toBe(false);
  });

  it('asks only for permissions that the server knows', () => {
    const asked = Object.values(NEEDED_BY_RESOURCE).flatMap((actions) => Object.values(actions));
    expect(asked.filter((name) => !isPermission(name))).toEqual([]);
  });
});
