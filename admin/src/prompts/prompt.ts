import type { z } from 'zod';
import type { promptRecord } from '../../../src/replies/prompts/prompts.resource.ts';

/** A file of a prompt as the API shows it. */
export type Prompt = z.output<typeof promptRecord>;
