// Which folder may import which. The README and docs/design.md show the table; tests/architecture proves each row.
const OURS = '^(src|workflows|activities|admin|tests)/';

const TEXT = '^src/text/';
const PLATFORM = '^src/platform/';
const CHANNELS = '^src/channels/';
const CORE = '^src/conversations/core/';
/** What stands above all features, and starts or lists them. */
const ROOTS = ['^src/(api|worker|composition|features|config|traced)\\.ts$', '^src/(start|cli|demo)/'];
const CONFIG = '^src/config\\.ts$';

/** A feature's pure functions, which anybody may use. */
const RULES = '^src/.+/rules\\.ts$';
const PURE_FILES = [
  RULES,
  '^src/timer-kinds\\.ts$',
  '^src/.+/(timers|[^/]+-timer)\\.ts$',
  '^src/analytics/figures\\.ts$',
  '^src/catalog/attributes/[^/]+\\.ts$',
  '^src/catalog/search/product-query\\.ts$',
  '^src/faqs/(faq-match|meanings|specifics)\\.ts$',
];

/** What every turn goes through: they know each other, and features only through `features.ts` and ports. */
const BASE = ['inbox', 'conversations', 'outbox', 'replies'];
export const FEATURES = [
  'accounts',
  'analytics',
  'behaviour',
  'businesses',
  'catalog',
  'contacts',
  'faqs',
  'first-hour',
  'follow-ups',
  'orders',
  'team',
  'tickets',
];
/** Each folder of `src` is in the table, or it could import what it likes. */
export const FOLDERS = ['text', 'platform', 'channels', ...BASE, ...FEATURES, 'start', 'cli', 'demo'];
const folder = (name) => `^src/${name}/`;

/** What features may use of the base. */
const BASE_PORTS = [
  CORE,
  '^src/conversations/(gateway|needs|conversation-ref|timer-store|conversations\\.resource|messages\\.resource)\\.ts$',
  '^src/inbox/(new-id|sort)\\.ts$',
  '^src/outbox/(due-texts|gate|needs|notice|resource|undelivered)\\.ts$',
  '^src/replies/(decision-facts|fixed-texts|known-order|known-product|needs|product-line|reply-context|stage|stage-answer|turn|turn-outcome-store)\\.ts$',
  '^src/replies/models/(model|settings|vision)\\.ts$',
  '^src/replies/reading/[^/]+\\.ts$',
  '^src/replies/prompts/prompts\\.ts$',
];
/** What anybody may use of a feature besides its pure functions. */
const FEATURE_PORTS = [...PURE_FILES, '^src/contacts/contact-fields\\.ts$'];
/** The ports of channels; one channel is nobody's business but its own. */
const CHANNEL_PORTS = '^src/channels/[^/]+\\.ts$';
/** The doors to workflows. */
const GATEWAYS = '^src/.+[/-]gateway\\.ts$';

/**
 * Imports that break the table today, one by one. The check passes over them; the test fails as soon as one of them is no
 * longer there, so that the list only becomes shorter.
 */
export const KNOWN = [
  known('src/analytics/rollup-schedule.ts', 'src/catalog/sync-run-store.ts', 'Lost syncs are ended by the same timer.'),
  known(
    'src/catalog/schedule.actions.ts',
    'src/businesses/resource.ts',
    'The audit log names the shop as its resource does.',
  ),
  known('src/catalog/sync-pages.ts', '@temporalio/activity', 'Reads whether the sync was cancelled.'),
  known(
    'src/conversations/solve.action.ts',
    'src/tickets/resource.ts',
    'Solving is written to the log of each ticket.',
  ),
  known('src/inbox/simulator-message.action.ts', 'src/accounts/store.ts', 'The simulator makes its own account.'),
  known('src/inbox/sort.ts', 'src/accounts/store.ts', 'A delivery is sorted to the business of its account.'),
];

/** @param {string} from our file @param {string} to our file or a library @param {string} reason why it stands today */
function known(from, to, reason) {
  return { from, to, reason };
}

/**
 * One row of the table: `from` may import only itself and what `values` and `types` list.
 * @param {string} name what a reader sees when the rule is broken
 * @param {string | string[]} from the folder, as a path prefix pattern
 * @param {{ values?: string[], types?: string[] }} allowed importable at run time; importable by `import type` only
 */
function row(name, from, { values = [], types = [] }) {
  const own = [from].flat();
  return [
    {
      name,
      severity: 'error',
      comment: `${name} may import at run time only: ${['itself', ...values].join(', ')}`,
      from: { path: own },
      to: { path: OURS, pathNot: [...own, ...values], dependencyTypesNot: ['type-only'] },
    },
    {
      name: `${name}-types`,
      severity: 'error',
      comment: `${name} may import types only of: ${['itself', ...values, ...types].join(', ')}`,
      from: { path: own },
      to: { path: OURS, pathNot: [...own, ...values, ...types], dependencyTypes: ['type-only'] },
    },
  ];
}

/** A library that only the given places may use; everyone else talks to their port instead. */
function library(name, libraryPath, places) {
  return {
    name: `library-${name}`,
    severity: 'error',
    comment: `${name} belongs to ${places.join(', ')}`,
    from: { path: '^(src|workflows|activities)/', pathNot: places },
    to: { path: libraryPath, dependencyTypesNot: ['type-only'] },
  };
}

const WORKFLOW_MESSAGES = '^workflows/[^/]+\\.messages\\.ts$';

export default {
  forbidden: [
    ...row('text', TEXT, {}),
    ...row('core', CORE, { values: [TEXT, ...PURE_FILES] }),
    ...row('rules', RULES, { values: [TEXT, CORE, ...PURE_FILES] }),
    ...row('platform', PLATFORM, { values: [TEXT] }),
    ...row('channels', CHANNELS, { values: [TEXT, PLATFORM] }),
    ...row('base', `^src/(${BASE.join('|')})/`, {
      values: [TEXT, PLATFORM, CHANNELS, ...FEATURE_PORTS, WORKFLOW_MESSAGES],
      types: ['^workflows/'],
    }),
    ...FEATURES.flatMap((name) =>
      row(name, folder(name), {
        values: [TEXT, PLATFORM, CHANNEL_PORTS, ...BASE_PORTS, ...FEATURE_PORTS, WORKFLOW_MESSAGES],
        types: ['^workflows/'],
      }),
    ),
    {
      name: 'gateways-talk-to-workflows',
      severity: 'error',
      comment: 'Everybody else asks a gateway',
      from: { path: '^src/', pathNot: GATEWAYS },
      to: { path: '^workflows/' },
    },
    ...row('workflows', '^workflows/', {
      values: [TEXT, CORE, ...PURE_FILES, '^src/platform/queues\\.ts$'],
      types: ['^activities/'],
    }),
    ...row('activities', '^activities/', {
      values: [TEXT, PLATFORM, CHANNEL_PORTS, ...[...BASE, ...FEATURES].map(folder)],
      types: ['^workflows/'],
    }),
    {
      name: 'activities-serve-no-http',
      severity: 'error',
      comment: 'What a feature serves to the panel is not for workflows',
      from: { path: '^activities/' },
      to: { path: ['^src/platform/http/', '^src/.+[./](resource|actions?)\\.ts$', '^src/[^/]+/index\\.ts$'] },
    },
    ...row('admin', '^admin/', {
      types: [
        '^src/.+[./]resource\\.ts$',
        '^src/.+[./]actions?\\.ts$',
        '^src/platform/health/health-part\\.ts$',
        '^src/channels/channel-rules\\.ts$',
        TEXT,
        CORE,
        RULES,
      ],
    }),
    {
      name: 'config-is-passed-down',
      severity: 'error',
      comment: 'src/config.ts is read by the composition roots, which hand its parts to everyone else',
      from: { path: '^(src|workflows|activities)/', pathNot: ROOTS },
      to: { path: CONFIG },
    },
    {
      name: 'roots-are-not-imported',
      severity: 'error',
      comment: 'A composition root starts things; nothing may import one, nor the tests',
      from: { path: '^(src|workflows|activities|admin)/', pathNot: '^src/start/test\\.ts$' },
      to: { path: ['^src/(api|worker)\\.ts$', '^tests/'] },
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
      name: 'pure-code',
      severity: 'error',
      comment:
        'Workflows import it: no Node and no library but time zones, phone numbers and escapes of HTML, so no zod either',
      from: { path: [TEXT, CORE, RULES] },
      to: { pathNot: [OURS, 'node_modules/(luxon|libphonenumber-js|entities)/'], dependencyTypesNot: ['type-only'] },
    },
    library(
      'prisma',
      ['node_modules/@prisma/', '^src/platform/database/generated/'],
      ['^src/platform/database/', '^src/.+[/-]store\\.ts$', '^src/start/'],
    ),
    library('express', 'node_modules/express/', [PLATFORM]),
    library('temporal', 'node_modules/@temporalio/', [
      '^workflows/',
      '^activities/',
      '^src/platform/temporal/',
      GATEWAYS,
      '^src/conversations/search-attributes\\.ts$',
      ...ROOTS,
    ]),
    library('openai', 'node_modules/openai/', ['^src/replies/models/']),
    library('opentelemetry', 'node_modules/@opentelemetry/', ['^src/platform/tracing/']),
    library('undici', 'node_modules/undici/', ['^src/platform/safe-fetch/', '^src/channels/provider-client\\.ts$']),
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
