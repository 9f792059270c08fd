import { describeHealth, type HealthMessages } from '../platform/health/health-messages.ts';
import type { FeatureHealth, HealthPart } from '../platform/health/health-part.ts';
import { countUnanswered } from './decision-store.ts';
import { listModelTroubles, type ModelTrouble } from './model-trouble-store.ts';

const MESSAGES = {
  model_ok: { message: 'No model is known that does not answer.', action: '' },
  model_timeout: {
    message: 'The model %{model} of %{provider} does not answer in time: %{count} questions in a row.',
    action:
      'See whether the provider has an outage; allow more time with LLM_TIMEOUT_MS, or choose another model in the settings.',
  },
  model_unreachable: {
    message: 'The model %{model} of %{provider} cannot be reached or answers with errors: %{count} questions in a row.',
    action:
      'See whether the provider has an outage or limits our questions, and whether its address and the network are right.',
  },
  model_refused: {
    message: '%{provider} refuses our key, or has no credit left; %{model} is asked again in a minute.',
    action: 'Enter a key that is valid, or pay for more credit at the provider.',
  },
  model_unusable: {
    message: 'The model %{model} of %{provider} gives no answer that can be used: %{count} questions in a row.',
    action: 'Choose another model in the settings: this one does not do as the prompt says.',
  },
  model_resting: {
    message: '%{provider} asked for a pause, so %{model} is not asked until %{since}; %{count} questions failed.',
    action: 'Wait, or raise the limit of questions at the provider; another model can be chosen in the settings.',
  },
  answers_ok: { message: 'Every customer of the last 15 minutes got an answer.', action: '' },
  answers_missing: {
    message:
      '%{count} customers of the last 15 minutes were only told that a colleague will answer, because no model did.',
    action: 'Answer them: each waits in the inbox, with a ticket. Then see what is wrong with the model.',
  },
} as const satisfies HealthMessages;

/** Once may be chance; and whoever was not answered has a ticket. A refused key does not mend itself. */
const TROUBLE_AFTER = 2;
/** Without another question nobody knows whether it still fails. */
const REMEMBERED_MS = 15 * 60_000;

function codeOf({ code, restsUntil }: ModelTrouble, nowMs: number): keyof typeof MESSAGES {
  const isResting = restsUntil !== null && restsUntil.getTime() > nowMs;
  return code === 'unreachable' && isResting ? 'model_resting' : `model_${code}`;
}

function modelPart(troubles: readonly ModelTrouble[], nowMs: number): HealthPart {
  const worst = troubles.find(({ code, failures }) => code === 'refused' || failures >= TROUBLE_AFTER);
  if (!worst) return { name: 'model', state: 'ok', ...describeHealth(MESSAGES, 'model_ok') };
  const { provider, model, failures: count, restsUntil } = worst;
  const since = restsUntil?.toISOString() ?? '';
  const words = describeHealth(MESSAGES, codeOf(worst, nowMs), { provider, model, count, since });
  return { name: 'model', state: 'failing', ...words };
}

/** Whether models answer. */
export const repliesHealth: FeatureHealth = {
  messages: MESSAGES,
  shared: async ({ db, nowMs }) => [modelPart(await listModelTroubles(db, new Date(nowMs - REMEMBERED_MS)), nowMs)],
  async ofBusiness({ db, businessId, nowMs }) {
    const count = await countUnanswered(db, businessId, new Date(nowMs - REMEMBERED_MS));
    return count === 0
      ? [{ name: 'answers', state: 'ok', ...describeHealth(MESSAGES, 'answers_ok') }]
      : [{ name: 'answers', state: 'warning', ...describeHealth(MESSAGES, 'answers_missing', { count }) }];
  },
};
