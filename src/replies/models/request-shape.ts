import { APIError } from 'openai';
import { type JsonFormat, PROVIDER_DEFAULTS, type ProviderName } from './settings.ts';

const MAX_OUTPUT_TOKENS = 2_000;
const TEMPERATURE = 0.3;

type TokensField = 'max_tokens' | 'max_completion_tokens';

/** Which of the parameters that may be left out a request has. */
interface RequestShape {
  format: JsonFormat | null;
  /** The fields for the answer's length that are left to try, the first first. */
  tokensFields: readonly TokensField[];
  /** Everything else. */
  extras: Readonly<Record<string, unknown>>;
}

/** A provider's own way of being asked. */
export function firstShape(provider: ProviderName, model: string): RequestShape {
  const { format, maxTokensField, body } = PROVIDER_DEFAULTS[provider];
  const other = maxTokensField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  // Reasoning models take no temperature.
  const isReasoning = /(?:^|\/)(?:o\d|gpt-5)/.test(model);
  return {
    format,
    tokensFields: [maxTokensField, other],
    extras: isReasoning ? body : { ...body, temperature: TEMPERATURE },
  };
}

/** The parameters themselves. `schema` is what an answer looks like, for servers that take one. */
export function optionsOf({ format, tokensFields: [field], extras }: RequestShape, schema: Record<string, unknown>) {
  const json_schema = { name: 'reply', strict: true, schema };
  return {
    ...extras,
    ...(field ? { [field]: MAX_OUTPUT_TOKENS } : {}),
    ...(format === 'json_schema' ? { response_format: { type: 'json_schema' as const, json_schema } } : {}),
    ...(format === 'json_object' ? { response_format: { type: 'json_object' as const } } : {}),
  };
}

const FORMAT_WORDS = /response_format|json_schema|json_object|structured output/i;

/** The same request without the parameter that an error refuses; null when it refuses none that can be left out. */
export function simplerShape(shape: RequestShape, error: unknown): RequestShape | null {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return null;
  const { format, tokensFields, extras } = shape;
  const names = (field: string) => isNamed(field, error);
  const [tokensField, ...otherTokensFields] = tokensFields;
  if (tokensField && names(tokensField)) return { ...shape, tokensFields: otherTokensFields };
  const refused = Object.keys(extras).find(names);
  if (refused !== undefined)
    return { ...shape, extras: Object.fromEntries(Object.entries(extras).filter(([field]) => field !== refused)) };
  if (format === null || !(names('response_format') || FORMAT_WORDS.test(error.message))) return null;
  return { ...shape, format: format === 'json_schema' ? 'json_object' : null };
}

/** By `param`, else by its name in the words: bare where it is nothing but a parameter, else in quotation marks. */
function isNamed(field: string, { param, message }: APIError): boolean {
  if (typeof param === 'string' && param !== '') return param === field || param.startsWith(`${field}.`);
  const isPlainWord = field === 'provider';
  const pattern = isPlainWord ? `["'\`]${field}["'\`.]` : `(?<![A-Za-z_])${field}(?![A-Za-z_])`;
  return new RegExp(pattern).test(message);
}
