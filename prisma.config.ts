import { defineConfig } from 'prisma/config';

// Migrations run through src/platform/database/migrate.ts; this file only tells the generator where the schema is.
export default defineConfig({ schema: 'prisma/schema.prisma' });
