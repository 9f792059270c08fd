/**
 * List prices in micro-dollars per token (= dollars per million tokens): input, output. Without cache discounts, and at
 * peak hours where a provider has them: an upper bound for budgets. A model that is not here costs "unknown".
 */
const PRICES: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['gpt-4.1', [2, 8]],
  ['gpt-4.1-mini', [0.4, 1.6]],
  ['gpt-4.1-nano', [0.1, 0.4]],
  ['gpt-4o', [2.5, 10]],
  ['gpt-4o-mini', [0.15, 0.6]],
  ['gpt-5', [1.25, 10]],
  ['gpt-5-mini', [0.25, 2]],
  ['gpt-5-nano', [0.05, 0.4]],
  ['gpt-3.5-turbo', [0.5, 1.5]],
  ['deepseek-flash', [0.3, 1.2]],
  ['deepseek-v4-flash', [0.3, 1.2]],
  ['deepseek-v4-pro', [1.32, 3.96]],
]);

/**
 * What a call cost in micro-dollars, rounded up, or null when the model's price is not known. `vendor/name` counts as
 * `name`.
 */
export function costOf(model: string, inputTokens: number, outputTokens: number): number | null {
  const price = PRICES.get(model) ?? PRICES.get(model.slice(model.lastIndexOf('/') + 1));
  return price ? Math.ceil(inputTokens * price[0] + outputTokens * price[1]) : null;
}
