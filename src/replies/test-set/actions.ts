import { stringify } from 'yaml';
import { z } from 'zod';
import { appendAudit } from '../../platform/audit/audit-store.ts';
import { InvalidInputError } from '../../platform/errors.ts';
import { actionsOf } from '../../platform/http/actions/action.ts';
import { findOwned } from '../../platform/http/actions/find-owned.ts';
import { id, plainText } from '../../platform/http/resources/record-parts.ts';
import type { ReplyNeeds } from '../needs.ts';
import { promptVersions } from '../prompts/prompt-versions.resource.ts';
import { MAX_SET_TURNS, testSetFile } from './format.ts';
import { AnswersFileError, parseAnswersFile } from './parse-file.ts';
import { type TestTurn, testConversations, tooLong } from './resource.ts';
import { isRehearsable, judgeTurns, languageOfWords } from './run.ts';
import { countTurns, readNamed, toRows } from './store.ts';

const defineAction = actionsOf<ReplyNeeds>();

const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** Of a file's faults so many are told; whoever mends those finds the rest. */
const MAX_FAULTS_TOLD = 20;
/** What a file calls itself in its faults: they have a line each. */
const FILE = 'file';

const imported = z.object({ conversations: z.int(), turns: z.int() });

/** Throws InvalidInputError with a field for each line that cannot be taken. */
function readFile(bytes: Buffer) {
  try {
    return parseAnswersFile(new TextDecoder('utf-8', { fatal: true }).decode(bytes), FILE, testSetFile);
  } catch (error) {
    if (error instanceof TypeError)
      throw new InvalidInputError('The file is not text in UTF-8.', { file: 'Not UTF-8.' });
    if (!(error instanceof AnswersFileError)) throw error;
    const faults = error.faults.slice(0, MAX_FAULTS_TOLD).map((fault) => {
      const [, line = '1', what = fault] = /^file:(\d+) (.*)$/s.exec(fault) ?? [];
      return { line, what };
    });
    const [first] = faults;
    throw new InvalidInputError(
      first ? `Line ${first.line}: ${first.what}` : 'The file cannot be read.',
      Object.fromEntries(faults.map(({ line, what }) => [`line ${line}`, what])),
    );
  }
}

export const importTestSet = defineAction({
  method: 'post',
  path: '/api/test-set/import',
  summary:
    'Takes over a test set in YAML (the file is the body). All of it or none: a fault names its line. With `replace` the set before goes.',
  permission: 'manage-faqs',
  upload: { maxBytes: MAX_FILE_BYTES },
  query: z.strictObject({ replace: z.enum(['true', 'false']).default('false') }),
  status: 200,
  response: imported,
  async run({ deps, principal, query, file }) {
    const { businessId, actor } = principal;
    const rows = toRows(readFile(file), businessId, languageOfWords);
    const turns = rows.reduce((sum, row) => sum + row.turns.length, 0);
    await deps.db.$transaction(async (tx) => {
      if (query.replace === 'true') await tx.testConversation.deleteMany({ where: { businessId } });
      const total = turns + (await countTurns(tx, businessId));
      if (total > MAX_SET_TURNS) throw new InvalidInputError(tooLong(total), { file: tooLong(total) });
      await tx.testConversation.createMany({ data: rows });
      const entry = {
        businessId,
        actor,
        action: 'import' as const,
        resource: 'test-conversations',
        resourceId: businessId,
      };
      await appendAudit(tx, { ...entry, subject: '', after: { conversations: rows.length, turns } });
    });
    return { conversations: rows.length, turns };
  },
});

export const exportTestSet = defineAction({
  method: 'get',
  path: '/api/test-set/export',
  summary: 'The test set as YAML, in the form in which it is imported.',
  permission: 'view-messages',
  status: 200,
  response: z.object({ yaml: z.string() }),
  async run({ deps, principal: { businessId } }) {
    const rows = await deps.db.testConversation.findMany({
      where: { businessId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    const shown = rows.map((row) => testConversations.present(row, deps.presentContext));
    const products = new Map(
      shown.flatMap((row) => row.products ?? []).map((product) => [`${product.id}\n${product.title}`, product]),
    );
    const conversations = shown.map(({ name, language, turns }) => ({
      name,
      language,
      turns: (turns as TestTurn[]).map(toPlain),
    }));
    return { yaml: stringify({ ...(products.size > 0 ? { products: [...products.values()] } : {}), conversations }) };
  },
});

/** Without what says nothing, and one word where a list has one: as somebody would have written it. */
function toPlain(turn: TestTurn): object {
  const isDefault = ([name, value]: [string, unknown]) =>
    (Array.isArray(value) && value.length === 0) ||
    (name === 'kind' && value === 'several') ||
    (name === 'action' && String(value) === 'answer');
  const one = (value: unknown) => (Array.isArray(value) && value.length === 1 ? value[0] : value);
  return Object.fromEntries(
    Object.entries(turn)
      .filter((entry) => !isDefault(entry))
      .map(([name, value]) => {
        if (name === 'must') return [name, (value as string[][]).map(one)];
        return [name, ['say', 'says', 'products', 'prices', 'action'].includes(name) ? one(value) : value];
      }),
  );
}

const judged = z.object({
  text: z.string(),
  faults: z.array(z.object({ rule: z.string(), detail: z.string() })),
});

export const testRun = z.object({
  id,
  name: z.string(),
  turns: z.array(
    z.object({
      say: z.array(z.string()),
      /** It expects an order, and a rehearsal takes none. */
      isSkipped: z.boolean(),
      /** With what is published now. */
      before: judged,
      /** With what was given to be tried; null: nothing was. */
      after: judged.nullable(),
      /** It is right now, and would not be any more. */
      isWorse: z.boolean(),
    }),
  ),
});

export const runTestConversation = defineAction({
  method: 'post',
  path: '/api/test-conversations/:id/run',
  summary:
    'Has a conversation of the test set answered as a rehearsal, and judges the answers; with an answer or a prompt that is not published yet, both ways. The configured model is asked, and paid, only with `withModel`.',
  permission: 'use-simulator',
  body: z.strictObject({
    faq: z.strictObject({ question: plainText(500), answer: plainText(4000) }).optional(),
    promptVersionId: z.uuid().optional(),
    withModel: z.boolean().default(false),
  }),
  status: 200,
  response: testRun,
  async run({ deps, principal, id: rowId, body }) {
    const { businessId } = principal;
    const { faq, promptVersionId, withModel } = body;
    if (promptVersionId && !withModel)
      throw new InvalidInputError('A prompt changes only what a model says.', {
        withModel: 'Must be true with a prompt.',
      });
    const row = await findOwned(deps, testConversations, principal, rowId);
    const conversation = testConversations.present(row, deps.presentContext);
    const version = promptVersionId ? await findOwned(deps, promptVersions, principal, promptVersionId) : null;
    const business = await findOwned(deps, 'business', principal, businessId);
    const faqs = await deps.db.faq.findMany({ where: { businessId }, select: { question: true, answer: true } });
    const named = await readNamed(
      deps.db,
      businessId,
      (conversation.products ?? []).map((one) => ({ called: [], ...one })),
    );
    const turns = conversation.turns as TestTurn[];
    const bursts = turns.map(({ say }) => say);
    const said = { turns, language: conversation.language };
    const play = async (more: {
      faqs?: { question: string; answer: string }[];
      prompt?: { version: string; fa: string; en: string };
    }) => {
      const answers = await deps.testPlayer.play({ businessId, bursts, withModel, ...more });
      return judgeTurns(said, answers, { name: business.name, faqs: [...faqs, ...(more.faqs ?? [])], named });
    };
    const answersNow = await play({});
    const isTrial = faq !== undefined || version !== null;
    const prompt = version && { version: version.version, fa: version.fa, en: version.en };
    const answersThen = isTrial ? await play({ ...(faq ? { faqs: [faq] } : {}), ...(prompt ? { prompt } : {}) }) : null;
    return {
      id: row.id,
      name: row.name,
      turns: turns.map((turn, at) => {
        const [before, after] = [answersNow[at] ?? NOTHING, answersThen?.[at] ?? null];
        const isSkipped = !isRehearsable(turn);
        const isWorse = !isSkipped && after !== null && before.faults.length === 0 && after.faults.length > 0;
        return { say: turn.say, isSkipped, before, after, isWorse };
      }),
    };
  },
});

const NOTHING = { text: '', faults: [] };
