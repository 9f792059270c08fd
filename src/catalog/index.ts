import type { Feature } from '../platform/feature.ts';
import type { TurnFeature } from '../replies/stage.ts';
import { catalogHealth } from './health.ts';
import { importProducts, importTemplate } from './import.actions.ts';
import type { CatalogNeeds } from './needs.ts';
import { postLinks } from './post-links.resource.ts';
import { productAskings } from './product-askings.action.ts';
import { products } from './products.resource.ts';
import { editSchedule, readSchedule, triggerSchedule } from './schedule.actions.ts';
import { catalogSources } from './sources.resource.ts';
import { type CatalogStageNeeds, createCatalogStage } from './stage.ts';
import { cancelSync, startSync, syncStatus } from './sync.actions.ts';
import { syncRuns } from './sync-runs.resource.ts';

/** Products: where they come from, how they are found, what is said of them. */
export const catalogFeature: Feature<CatalogNeeds> & TurnFeature<CatalogStageNeeds> = {
  name: 'catalog',
  resources: [postLinks, products, catalogSources, syncRuns],
  actions: [
    importProducts,
    importTemplate,
    productAskings,
    editSchedule,
    readSchedule,
    triggerSchedule,
    cancelSync,
    startSync,
    syncStatus,
  ],
  health: catalogHealth,
  stage: createCatalogStage,
};
