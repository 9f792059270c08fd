import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { __wbg_set_wasm, type SchemaContainer, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';

export type SchemaFile = SchemaContainer;

/** The files of a schema's folder, in the order of their names. */
export async function readSchemaFiles(folder: string): Promise<SchemaFile[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(folder, path), 'utf8') })));
}

/**
 * What would turn the database into what the schema says, as a script; empty when they agree. Runs Prisma's own engine
 * as WebAssembly, because its command line needs a download.
 */
export async function diffSchema(databaseUrl: string, files: readonly SchemaFile[]): Promise<string> {
  await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapter({ connectionString: databaseUrl }));
  const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
  const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [...files], configDir: '.' },
      to: { tag: 'schemaDatamodel', files: [...files] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return (stdout ?? '').trim();
  } finally {
    engine.free();
  }
}

/** The catalog's one-letter type and text, by their numbers. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * Prisma's adapter refuses the catalog's one-letter type, by which PostgreSQL 18 tells constraints apart, though its
 * engine asks for it. The pool shows such columns to the adapter as text; the adapter's answers then name them rightly.
 */
class CatalogAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    const letters = new Set<string>();
    const query = pool.query.bind(pool) as (config: unknown) => Promise<pg.QueryResult>;
    const readLetters = async (config: unknown) => {
      const result = await query(config);
      for (const field of result.fields.filter(({ dataTypeID }) => dataTypeID === CHAR_OID)) {
        letters.add(field.name);
        field.dataTypeID = TEXT_OID;
      }
      return result;
    };
    pool.query = readLetters as unknown as typeof pool.query;
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (asked) => {
      letters.clear();
      const result = await queryRaw(asked);
      const columnTypes = result.columnTypes.map((type, index) =>
        letters.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= instantiate();
  return loaded;
}

/** The part of the global that we use; TypeScript declares it only together with the whole browser. */
declare const WebAssembly: {
  instantiate(bytes: Buffer, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

async function instantiate(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(glue.replace(/\.js$/, '.wasm'));
  const imports = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': imports });
  __wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}
