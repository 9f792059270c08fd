import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import type { RetentionRule } from './database/retention-store.ts';
import type { EncryptedColumn } from './encryption/encrypted-column.ts';
import type { ErasureRule } from './erasure/erasure.ts';
import type { FeatureHealth } from './health/health-part.ts';
import type { AnyAction } from './http/actions/action.ts';
import type { FeatureFigures } from './http/feature-figures.ts';
import type { AnyResource } from './http/resources/resource.ts';
import type { UploadUse } from './uploads/upload-store.ts';

/**
 * What a feature gives to the whole. What it does not have, it does not mention. `Needs` are the services that its actions
 * work with; whoever serves the feature must have them.
 */
export interface Feature<Needs = object> {
  name: string;
  /** Under `/api`: router, document and permission matrix are made from them. */
  resources?: readonly AnyResource[];
  /** What can be done besides reading and editing records. */
  actions?: readonly AnyAction<Needs>[];
  /** Where it keeps secrets, sealed with the key ring. */
  encryptedColumns?: readonly EncryptedColumn[];
  /** Where its rows refer to uploaded files, which are kept for as long as they do. */
  uploadUses?: readonly UploadUse[];
  /** Describes what it serves besides resources and actions in the API document. */
  describeApi?: (registry: OpenAPIRegistry) => void;
  /** How it goes, for monitoring and for people. */
  health?: FeatureHealth;
  /** What of it is counted, for monitoring. */
  figures?: FeatureFigures;
  /** What of its rows need not be kept for ever. */
  retention?: readonly RetentionRule[];
  /** What of it is forgotten with a customer, beyond the rows that hang on them. */
  erasure?: readonly ErasureRule[];
}

/** All that the features of a list need together. */
export type ServicesOf<F extends readonly Feature<never>[]> = (
  F[number] extends infer One
    ? One extends Feature<infer Needs>
      ? (needs: Needs) => void
      : never
    : never
) extends (needs: infer All) => void
  ? All
  : never;
