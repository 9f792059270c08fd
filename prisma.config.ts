import { defineConfig } from 'prisma/config';

// Migrations run through src/platform/database/migrate.ts; this file only tells the generator where the schema is, a file for each noun.
export default defineConfig({ schema: 'prisma/schema' });
