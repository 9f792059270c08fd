import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationPolicyOf, followUpPolicyOf } from '../../src/composition.ts';
import { loadConfig } from '../../src/config.ts';
import { createBuiltinModel } from '../../src/replies/models/builtin-model.ts';
import { createPromptStore } from '../../src/replies/prompts/prompts.ts';
import { createRehearsal } from '../../src/replies/rehearsal/rehearsal.ts';
import { createReruns } from '../../src/replies/reruns/gateway.ts';
import { createRerunPlanner } from '../../src/replies/reruns/planner.ts';
import { ADMIN_API_KEY, startTestApi, type TestApi } from '../support/http-api.ts';
import { buildRows } from '../support/http-rows.ts';
import { runSchemathesis, schemathesisPath } from '../support/schemathesis.ts';
import { createTestNamespace, type TestNamespace } from '../support/temporal-namespace.ts';

const program = await schemathesisPath();

let api: TestApi;
let temporal: TestNamespace;
let folder: string;
beforeAll(async () => {
  const builtin = createBuiltinModel(createPromptStore());
  const config = loadConfig({});
  const rules = { stages: [], builtin, policy: conversationPolicyOf(config), followUp: followUpPolicyOf(config) };
  temporal = await createTestNamespace();
  const reruns = createReruns(temporal.client);
  const planner = () => createRerunPlanner({ db: api.db, reruns, modelInUse: 'builtin' });
  api = await startTestApi(
    { ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}` },
    {
      checkAccount: async () => ({ ok: true, note: 'The key was taken.' }),
      rehearse: (question) => createRehearsal({ db: api.db, ...rules })(question),
      rerunPlanner: {
        estimate: (question) => planner().estimate(question),
        start: (question, actor) => planner().start(question, actor),
        cancel: (...which) => planner().cancel(...which),
      },
    },
  );
  await buildRows(api.db, 'one', api.businessId);
  folder = await mkdtemp(join(tmpdir(), 'peyk-schemathesis-'));
}, 60_000);
afterAll(async () => {
  await api.stop();
  await temporal.close();
  await rm(folder, { recursive: true, force: true });
});

/**
 * What a schema cannot say, and so the tool cannot know, is a fair 400: the first row of a range comes before its last, a
 * time lies in the future, one of three is given, a login has a name or an email, there are such a colleague, label and time
 * zone, credentials are those of the account's channel, a password is hard
 * to guess, a file is a test set, and a prompt is tried with a model. Or a fair 2xx: the space around names and notes is taken off before they are measured. NUL is refused in every text,
 * which our own tests try. Keys are tried by the check "ignored_auth", not made up for every call: all would be 401.
 */
const CONFIG = `
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "412", "429", "431", "503"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "409", "413", "415", "422", "429", "431", "503"]

[[operations]]
include-path-regex = "^/api/[a-z-]+$|^/auth/login$|/reschedule$|^/api/(tickets|businesses|accounts|api-keys|users|test-conversations)/|^/api/test-set/import$|/try$|/simulate_reply$|/rehearsal$|/snooze$|/labels$|/assign$|/quote$|/messages?$"
checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "412", "429", "431"]

[[operations]]
include-path-regex = "^/api/(users|contacts)"
checks.negative_data_rejection.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "413", "415", "422", "429", "431", "503"]

[generation]
allow-x00 = false
with-security-parameters = false
deterministic = true
`;

const SECONDS = 45;

describe.skipIf(program === null)('/openapi.json', () => {
  it('tells the truth: Schemathesis finds no answer that it does not allow', { timeout: 120_000 }, async () => {
    await writeFile(join(folder, 'schemathesis.toml'), CONFIG);
    const args = [
      'run',
      `${api.url}/openapi.json`,
      ...['--url', api.url],
      ...['--header', `X-API-Key: ${ADMIN_API_KEY}`],
      ...['--checks', 'all'],
      ...['--mode', 'all'],
      ...['--phases', 'examples,coverage,fuzzing'],
      ...['--max-examples', '10'],
      ...['--max-time', String(SECONDS)],
      ...['--workers', '2'],
      // How hard it is to make up data for a schema is no fault of the API.
      ...['--suppress-health-check', 'all'],
      '--continue-on-failure',
      '--no-color',
    ];
    const { code, output } = await runSchemathesis(program as string, args, { cwd: folder, timeoutMs: 110_000 });
    const findings = output.slice(Math.max(0, output.search(/= (ERRORS|FAILURES) =/)), -1);
    expect(code, findings.slice(0, 20_000)).toBe(0);
  });
});
