import type {} from 'vitest';

/** What test files are told: how to reach the one PostgreSQL and the one Temporal of this run. */
export interface TestServices {
  runFolder: string;
  /** Connection string of the maintenance database. */
  postgresUrl: string;
  temporalAddress: string;
  temporalNamespace: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    services: TestServices;
  }
}

export const TEMPLATE_DATABASE = 'peyk_template';
