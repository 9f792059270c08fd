import { describe, expect, it } from 'vitest';
import { type AiSettings, orderProviders, type ProviderName } from '../../../../src/replies/models/settings.ts';

const settings = (provider: AiSettings['provider'], ...names: ProviderName[]): AiSettings => ({
  provider,
  timeoutMs: 1000,
  providers: names.map((name) => ({ name, apiKey: 'k', baseUrl: null, model: null })),
});
const names = (list: ReturnType<typeof orderProviders>) => list.map((provider) => provider.name);

describe('orderProviders', () => {
  it('puts the chosen provider first and keeps the order of the others', () => {
    expect(names(orderProviders(settings('openrouter', 'openai', 'deepseek', 'openrouter'), 'reply'))).toEqual([
      'openrouter',
      'openai',
      'deepseek',
    ]);
  });

  it("puts a task's own providers before the chosen one, and invents none", () => {
    const ordered = orderProviders(settings('openai', 'openai', 'deepseek'), 'reply', {
      reply: ['openrouter', 'deepseek'],
    });
    expect(names(ordered)).toEqual(['deepseek', 'openai']);
  });
});
