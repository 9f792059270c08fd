import type { Feature } from '../feature.ts';
import { uploadErasure } from './erasure.ts';
import { type UploadNeeds, upload } from './upload.action.ts';

/** Pictures, films and sounds that people of a shop send. */
export const uploadsFeature: Feature<UploadNeeds> = {
  name: 'uploads',
  actions: [upload],
  erasure: [uploadErasure],
};
