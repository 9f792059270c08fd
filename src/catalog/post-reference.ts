import { productKey } from './product-key.ts';

/** Parts of an address that name a post, reel or story of Instagram whoever shares it, and from wherever. */
const INSTAGRAM_HOST = /(?:^|\.)(?:instagram\.com|instagr\.am)$/i;
const POST = /\/(?:p|reels?|tv)\/([\w-]+)/;
const STORY = /\/stories\/(?:highlights|[\w.]+)\/(\d+)/;
/** Pictures of posts come by addresses that are signed anew each time; the asset in them stays. */
const ASSET_PARAMETERS = ['asset_id', 'ig_media_id', 'story_fbid', 'ad_id'] as const;
const MAX_LENGTH = 1500;

/**
 * The one spelling by which a post, story or ad is known: of its address as people copy it, of the address that a channel sends
 * when a customer shares or answers it, or of the bare id or word that an ad carries. Null for what names nothing. Pure.
 */
export function postReference(post: string): string | null {
  const text = post.trim();
  if (text === '' || text.length > MAX_LENGTH) return null;
  if (!/^https?:\/\//i.test(text)) return /\s/.test(text) ? null : `id:${text.slice(0, 200).toLowerCase()}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return null;
  const named = INSTAGRAM_HOST.test(url.hostname) ? (POST.exec(url.pathname) ?? STORY.exec(url.pathname)) : null;
  if (named) return `ig:${named[1]}`;
  const asset = ASSET_PARAMETERS.map((name) => url.searchParams.get(name)).find(Boolean);
  if (asset) return `id:${asset.slice(0, 200).toLowerCase()}`;
  return productKey(text);
}
