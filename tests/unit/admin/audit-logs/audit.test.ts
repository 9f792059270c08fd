import { describe, expect, it } from 'vitest';
import { type AuditEntry, conversationOf, listChanges } from '../../../../admin/src/audit-logs/audit.ts';

describe('listChanges', () => {
  it('names what differs and nothing else', () => {
    const before = { name: 'a', active: true, scopes: ['x'], updatedAt: '1' };
    const after = { name: 'b', active: true, scopes: ['x', 'y'], updatedAt: '2' };
    expect(listChanges(before, after)).toEqual([
      { field: 'name', before: 'a', after: 'b' },
      { field: 'scopes', before: '["x"]', after: '["x","y"]' },
    ]);
  });

  it('shows everything of what was made or deleted', () => {
    expect(listChanges(null, { name: 'a' })).toEqual([{ field: 'name', before: '', after: 'a' }]);
    expect(listChanges({ name: 'a' }, null)).toEqual([{ field: 'name', before: 'a', after: '' }]);
  });

  it('leaves out what the entry says already', () => {
    expect(listChanges(null, { id: '1', createdAt: '2026-11-21T14:03:04.016Z' })).toEqual([]);
  });

  it('takes what is no record for an empty one', () => {
    expect(listChanges('text', [1])).toEqual([]);
  });
});

describe('conversationOf', () => {
  const entry = (parts: Partial<AuditEntry>) => parts as AuditEntry;

  it('finds the conversation of what belongs to one, and none elsewhere', () => {
    expect(conversationOf(entry({ resource: 'conversations', resourceId: 'c1' }))).toBe('c1');
    expect(conversationOf(entry({ resource: 'notes', resourceId: 'n1', after: { conversationId: 'c2' } }))).toBe('c2');
    expect(conversationOf(entry({ resource: 'faqs', resourceId: 'f1', after: { question: '?' } }))).toBeNull();
  });
});
