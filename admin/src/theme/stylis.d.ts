declare module 'stylis' {
  import type { StylisPlugin } from '@emotion/cache';
  /** Adds the vendor prefixes that emotion adds by itself only while it has no other plugin. */
  export const prefixer: StylisPlugin;
}
