// node src/start/migrate.ts: makes the role of DATABASE_URL where DATABASE_ADMIN_URL is set, brings the database up to date, gives the server of TEMPORAL_ADDRESS our
// search attributes, and ends. For deployments, where it runs once before the new version starts.
import { ConfigError, loadConfig } from '../config.ts';
import { prepareDatabase } from './database.ts';
import { StartError } from './start-error.ts';
import { prepareGivenTemporal } from './temporal-service.ts';

try {
  const { databaseUrl, databaseAdminUrl, temporal, production, auth } = loadConfig(process.env);
  if (!databaseUrl) throw new StartError('DATABASE_URL is not set.');
  const { hasUsers } = await prepareDatabase(databaseUrl, databaseAdminUrl, console.log);
  if (production && !hasUsers && auth.adminPassword === null)
    throw new StartError(
      'ADMIN_PASSWORD is not set, and nobody can log in yet: the first start makes the first admin with it.',
    );
  const { address } = temporal;
  if (address) await prepareGivenTemporal({ ...temporal, address }, console.log);
  console.log('The database is up to date.');
} catch (error) {
  if (!(error instanceof StartError || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
