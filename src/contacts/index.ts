import type { Feature } from '../platform/feature.ts';
import { contacts } from './resource.ts';

/** Customers, as each account knows them. */
export const contactsFeature: Feature = {
  name: 'contacts',
  resources: [contacts],
};
