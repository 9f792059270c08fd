import type { ModelTask } from './model.ts';

export const PROVIDER_NAMES = ['openai', 'deepseek', 'openrouter', 'vercel_gateway', 'compatible'] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];

/** One provider as configured; what is null takes the default of `PROVIDER_DEFAULTS`. */
export interface ProviderSettings {
  name: ProviderName;
  apiKey: string | null;
  baseUrl: string | null;
  model: string | null;
}

export interface AiSettings {
  provider: 'builtin' | ProviderName;
  /** For one request to a provider, its whole body included. */
  timeoutMs: number;
  /** Those that have a key (or, for `compatible`, a base URL), in the order in which they are tried. */
  providers: ProviderSettings[];
}

/** How a provider can be told to answer in JSON. */
export type JsonFormat = 'json_schema' | 'json_object';

interface ProviderDefaults {
  baseUrl: string | null;
  model: string;
  format: JsonFormat;
  /** The field that limits the answer's length. */
  maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** More fields of the request's body. */
  body: Readonly<Record<string, unknown>>;
  /** A 403 speaks of this one message (moderation), not of the key. */
  moderatesWith403: boolean;
}

export const PROVIDER_DEFAULTS: Readonly<Record<ProviderName, ProviderDefaults>> = {
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-4.1-mini',
    format: 'json_schema',
    maxTokensField: 'max_completion_tokens',
    body: {},
    moderatesWith403: false,
  },
  deepseek: {
    baseUrl: 'https://api.deepseek.com',
    model: 'deepseek-v4-flash',
    format: 'json_object',
    maxTokensField: 'max_tokens',
    // It thinks aloud unless told not to, which makes a customer wait for seconds.
    body: { thinking: { type: 'disabled' } },
    moderatesWith403: false,
  },
  openrouter: {
    baseUrl: 'https://openrouter.ai/api/v1',
    model: 'openai/gpt-4.1-mini',
    format: 'json_schema',
    maxTokensField: 'max_tokens',
    // Else it may choose a host that ignores the schema.
    body: { provider: { require_parameters: true } },
    moderatesWith403: true,
  },
  vercel_gateway: {
    baseUrl: 'https://ai-gateway.vercel.sh/v1',
    model: 'openai/gpt-4.1-mini',
    format: 'json_schema',
    maxTokensField: 'max_tokens',
    body: {},
    moderatesWith403: false,
  },
  compatible: {
    baseUrl: null,
    model: 'default',
    format: 'json_object',
    maxTokensField: 'max_tokens',
    body: {},
    moderatesWith403: false,
  },
};

/**
 * Providers that a task is tried with before the configured order: a task that another model does better gets its row
 * here, and nothing else changes.
 */
export const TASK_ROUTES: Readonly<Record<ModelTask, readonly ProviderName[]>> = {
  reply: [],
};

/** The providers to try for a task: the task's own, then the chosen one, then every other in the given order. */
export function orderProviders(
  settings: AiSettings,
  task: ModelTask,
  routes: Readonly<Record<ModelTask, readonly ProviderName[]>> = TASK_ROUTES,
): ProviderSettings[] {
  const rank = (provider: ProviderSettings) => {
    const preferred = routes[task].indexOf(provider.name);
    if (preferred >= 0) return preferred;
    return routes[task].length + (provider.name === settings.provider ? 0 : 1);
  };
  return [...settings.providers].sort((a, b) => rank(a) - rank(b));
}

/** The name of the model that answers; `builtin` for the responder that needs none. */
export function modelNameOf({ provider, providers }: AiSettings): string {
  if (provider === 'builtin') return provider;
  return providers.find(({ name }) => name === provider)?.model ?? PROVIDER_DEFAULTS[provider].model;
}
