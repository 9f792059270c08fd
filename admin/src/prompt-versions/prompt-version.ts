import { useGetList } from 'react-admin';
import type { z } from 'zod';
import type { promptVersionRecord } from '../../../src/replies/prompts/prompt-versions.resource.ts';
import type { Prompt } from '../prompts/prompt.ts';

/** A version of the shop's own. */
export type PromptVersion = z.output<typeof promptVersionRecord>;

/** Any version, the release's or the shop's, in both languages. */
export interface AnyVersion {
  version: string;
  fa: string;
  en: string;
  isRelease: boolean;
  isInUse: boolean;
}

/** What a shop may have its own versions of. */
export const EDITABLE = 'reply';
const PAGE = { page: 1, perPage: 200 };

/** Every version of the prompt that a shop can change, the newest first. Undefined while they are read. */
export function useVersions(): AnyVersion[] | undefined {
  const files = useGetList<Prompt>('prompts', {
    filter: { name: EDITABLE, kind: 'prompt' },
    pagination: PAGE,
    sort: { field: 'version', order: 'DESC' },
  });
  const own = useGetList<PromptVersion>('prompt-versions', {
    filter: { name: EDITABLE },
    pagination: PAGE,
    sort: { field: 'createdAt', order: 'DESC' },
  });
  if (!files.data || !own.data) return undefined;
  return joinVersions(files.data, own.data);
}

/** The release's files, of which each has one language, and the shop's versions as one list. */
export function joinVersions(files: readonly Prompt[], own: readonly PromptVersion[]): AnyVersion[] {
  const isPublished = own.some(({ state }) => state === 'published');
  const names = [...new Set(files.map(({ version }) => version))];
  const bodyOf = (version: string, language: string) =>
    files.find((file) => file.version === version && file.language === language)?.body.trim() ?? '';
  const release = names.map((version) => ({
    version,
    fa: bodyOf(version, 'fa'),
    en: bodyOf(version, 'en'),
    isRelease: true,
    isInUse: !isPublished && files.some((file) => file.version === version && file.isCurrent),
  }));
  const shop = own.map(({ version, fa, en, state }) => ({
    version,
    fa,
    en,
    isRelease: false,
    isInUse: state === 'published',
  }));
  const newestFirst = (a: AnyVersion, b: AnyVersion) => b.version.localeCompare(a.version, 'en', { numeric: true });
  return [...shop, ...release].sort(newestFirst);
}
