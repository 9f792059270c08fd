import type { z } from 'zod';
import { InvalidInputError } from '../errors.ts';

/**
 * Reads a value by its schema. Throws InvalidInputError with one message for each field.
 * A field that the schema does not know is named too, so that a caller sees which one is refused.
 */
export function readInput<T extends z.ZodType>(schema: T, value: unknown, what = 'body'): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  // A map first: a caller's own key may be `__proto__`.
  const fields = new Map<string, string>();
  for (const issue of result.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, 20)) fields.set(key.slice(0, 100), 'This field cannot be given.');
      continue;
    }
    const name = issue.path.join('.') || what;
    if (!fields.has(name)) fields.set(name, issue.message);
  }
  const names = [...fields.keys()].slice(0, 10).join(', ');
  throw new InvalidInputError(`The ${what} is not valid: ${names}.`, Object.fromEntries(fields));
}
