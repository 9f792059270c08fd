import type { readTableAside } from './readers/read-table.ts';
import type { CatalogSyncs } from './sync-gateway.ts';

/** What actions on the catalog work with. */
export interface CatalogNeeds {
  /** What reads shops; null while the catalog is off. */
  catalog: {
    syncs: CatalogSyncs;
    /** PRODUCTS_SYNC_CRON. */
    defaultCron: string;
    readTable: typeof readTableAside;
    tableTemplate: readonly (readonly string[])[];
  } | null;
}
