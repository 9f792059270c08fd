import { describe, expect, it } from 'vitest';
import { joinVersions, type PromptVersion } from '../../../../admin/src/prompt-versions/prompt-version.ts';
import type { Prompt } from '../../../../admin/src/prompts/prompt.ts';

const file = (version: string, language: string, isCurrent: boolean): Prompt => ({
  id: `${version}-${language}`,
  name: 'reply',
  version,
  language,
  kind: 'prompt',
  body: `${version} ${language}\n`,
  checksum: 'none',
  isCurrent,
  createdAt: '2026-11-21T10:00:00Z',
  updatedAt: '2026-11-21T10:00:00Z',
});
const FILES = [file('v1', 'fa', false), file('v1', 'en', false), file('v2', 'fa', true), file('v2', 'en', true)];
const own = (version: string, state: PromptVersion['state']): PromptVersion => ({
  id: version,
  name: 'reply',
  version,
  fa: 'فا',
  en: 'en',
  note: '',
  state,
  createdBy: 't',
  publishedBy: null,
  publishedAt: null,
  createdAt: '2026-11-21T10:00:00Z',
  updatedAt: '2026-11-21T10:00:00Z',
});

describe('joinVersions', () => {
  it('gives each version once, in both languages, the newest first', () => {
    const versions = joinVersions(FILES, [own('v2.2', 'draft'), own('v2.10', 'draft')]);
    expect(versions.map(({ version }) => version)).toEqual(['v2.10', 'v2.2', 'v2', 'v1']);
    expect(versions[2]).toEqual({ version: 'v2', fa: 'v2 fa', en: 'v2 en', isRelease: true, isInUse: true });
  });

  it("takes the release's for out of use when the shop published its own", () => {
    const inUse = joinVersions(FILES, [own('v2.1', 'published')]).filter(({ isInUse }) => isInUse);
    expect(inUse.map(({ version }) => version)).toEqual(['v2.1']);
    const retired = joinVersions(FILES, [own('v2.1', 'retired')]).filter(({ isInUse }) => isInUse);
    expect(retired.map(({ version }) => version)).toEqual(['v2']);
  });
});
