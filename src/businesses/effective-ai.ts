import {
  type AiSettings,
  PROVIDER_NAMES,
  type ProviderName,
  type ProviderSettings,
} from '../replies/models/settings.ts';

/** What a business has set about models; null: as the variables say. */
export interface OwnAi {
  provider: string | null;
  model: string | null;
  key: string | null;
}

/**
 * Whom a business asks for answers. With a key of its own it asks that provider alone: nobody else's account pays, and its
 * customers' words go nowhere else. What cannot be asked, for want of a key or an address, leaves the built-in rules.
 */
export function effectiveAi(defaults: AiSettings, own: OwnAi): AiSettings {
  const provider = (own.provider ?? defaults.provider) as AiSettings['provider'];
  if (provider === 'builtin' || !PROVIDER_NAMES.includes(provider)) return { ...defaults, provider: 'builtin' };
  const chosen = chooseProvider(defaults, provider, own);
  if (findMissing(chosen) !== null) return { ...defaults, provider: 'builtin' };
  const others = own.key === null ? defaults.providers.filter(({ name }) => name !== provider) : [];
  return { ...defaults, provider, providers: [chosen, ...others] };
}

function chooseProvider({ providers }: AiSettings, name: ProviderName, own: OwnAi): ProviderSettings {
  const shared = providers.find((one) => one.name === name) ?? { name, apiKey: null, baseUrl: null, model: null };
  return { ...shared, apiKey: own.key ?? shared.apiKey, model: own.model ?? shared.model };
}

function findMissing({ name, apiKey, baseUrl }: ProviderSettings): 'aiKey' | 'aiProvider' | null {
  if (name === 'compatible') return baseUrl === null ? 'aiProvider' : null;
  return apiKey === null ? 'aiKey' : null;
}

/** The setting for want of which the wish would not be met; null when it would. */
export function findMissingAi(defaults: AiSettings, own: OwnAi): 'aiKey' | 'aiProvider' | null {
  const provider = own.provider ?? defaults.provider;
  return provider === 'builtin' ? null : findMissing(chooseProvider(defaults, provider as ProviderName, own));
}
