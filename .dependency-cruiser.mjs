// Which folder may import which. The table is that of the README's house map; tests/architecture proves that it bites.
const OURS = '^(src|workflows|activities|admin|tests)/';

/**
 * One row of the table: `from` may import only itself and what `values` and `types` list.
 * @param {string} name what a reader sees when the rule is broken
 * @param {string} from the folder, as a path prefix pattern
 * @param {{ values?: string[], types?: string[] }} allowed importable at run time; importable by `import type` only
 */
function row(name, from, { values = [], types = [] }) {
  return [
    {
      name,
      severity: 'error',
      comment: `${name} may import at run time only: ${['itself', ...values].join(', ')}`,
      from: { path: from },
      to: { path: OURS, pathNot: [from, ...values], dependencyTypesNot: ['type-only'] },
    },
    {
      name: `${name}-types`,
      severity: 'error',
      comment: `${name} may import types only of: ${['itself', ...values, ...types].join(', ')}`,
      from: { path: from },
      to: { path: OURS, pathNot: [from, ...values, ...types], dependencyTypes: ['type-only'] },
    },
  ];
}

/** A library that only the given places may use; everyone else talks to their port instead. */
function library(name, libraryPath, places, typesEverywhere = false) {
  return {
    name: `library-${name}`,
    severity: 'error',
    comment: `${name} belongs to ${places.join(', ')}`,
    from: { path: '^(src|workflows|activities)/', pathNot: places },
    to: { path: libraryPath, ...(typesEverywhere ? { dependencyTypesNot: ['type-only'] } : {}) },
  };
}

const DOMAIN = '^src/domain/';
const CHANNELS = '^src/channels/';
const AI = '^src/ai/';
const CATALOG = '^src/catalog/';
const DB = '^src/db/';
const TEMPORAL = '^src/temporal/';
const INBOX = '^src/inbox/';
const ROOTS = '^src/(api|worker)\\.ts$';
const CONFIG = '^src/config\\.ts$';

export default {
  forbidden: [
    ...row('domain', DOMAIN, {}),
    ...row('channels', CHANNELS, { values: [DOMAIN] }),
    ...row('ai', AI, { values: [DOMAIN] }),
    ...row('catalog', CATALOG, { values: [DOMAIN] }),
    ...row('db', DB, { values: [DOMAIN] }),
    ...row('workflows', '^workflows/', { values: [DOMAIN], types: ['^activities/'] }),
    ...row('activities', '^activities/', {
      // A store is a set of functions over the database handle that createActivities was given.
      values: [
        DOMAIN,
        '^src/channels/connector\\.ts$',
        '^src/ai/(model|reply-request)\\.ts$',
        '^src/db/[^/]+-store\\.ts$',
      ],
      types: [CHANNELS, AI, CATALOG, DB, '^workflows/'],
    }),
    ...row('temporal', TEMPORAL, { values: [DOMAIN, '^workflows/[^/]+\\.messages\\.ts$'], types: ['^workflows/'] }),
    ...row('inbox', INBOX, { values: [DOMAIN, CHANNELS, DB, TEMPORAL] }),
    ...row('http', '^src/http/', {
      values: [DOMAIN, CHANNELS, DB, TEMPORAL, AI, INBOX],
      types: [CATALOG, CONFIG, '^workflows/', '^activities/'],
    }),
    ...row('admin', '^admin/', { types: ['^src/http/resources/', DOMAIN] }),
    {
      name: 'config-is-passed-down',
      severity: 'error',
      comment: 'src/config.ts is read by the composition roots, which hand its parts to everyone else',
      from: { path: '^(src|workflows|activities)/', pathNot: [ROOTS, '^src/(start|cli)/', CONFIG] },
      to: { path: CONFIG, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'roots-are-not-imported',
      severity: 'error',
      comment: 'A composition root starts things; nothing may import one, nor the tests',
      from: { path: '^(src|workflows|activities|admin)/', pathNot: '^src/start/test\\.ts$' },
      to: { path: [ROOTS, '^tests/'] },
    },
    {
      name: 'workflow-sandbox',
      severity: 'error',
      comment: 'Workflow code replays: only @temporalio/workflow and @temporalio/common (no zod, Prisma, Node)',
      from: { path: '^workflows/' },
      to: {
        pathNot: [OURS, 'node_modules/@temporalio/(workflow|common)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'Domain code has no Node and no library but time zones and phone numbers; zod only in *.schema.ts, unseen by workflows',
      from: { path: DOMAIN, pathNot: '\\.schema\\.ts$' },
      to: { pathNot: [OURS, 'node_modules/(luxon|libphonenumber-js)/'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-schemas-use-zod-only',
      severity: 'error',
      from: { path: '^src/domain/.*\\.schema\\.ts$' },
      to: { pathNot: [OURS, 'node_modules/zod/'] },
    },
    {
      name: 'schemas-stay-out-of-workflows',
      severity: 'error',
      comment: 'A zod schema in workflow code is copied into every cached workflow',
      from: { path: ['^workflows/', '^src/domain/'], pathNot: '\\.schema\\.ts$' },
      to: { path: '^src/domain/.*\\.schema\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    library('prisma', ['node_modules/@prisma/', '^src/platform/database/generated/'], [DB, ROOTS, '^src/(start|cli)/']),
    library('express', 'node_modules/express/', ['^src/http/', ROOTS], true),
    library(
      'temporal',
      'node_modules/@temporalio/',
      ['^workflows/', '^activities/', TEMPORAL, ROOTS, '^src/(start|cli)/'],
      true,
    ),
    library('openai', 'node_modules/openai/', [AI]),
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: OURS, pathNot: '^src/platform/database/generated/' },
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: { path: OURS, pathNot: '^src/platform/database/generated/' },
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: ['node_modules', '^src/platform/database/generated/'] },
    exclude: { path: ['^tests/\\.artifacts/', '^admin/dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
