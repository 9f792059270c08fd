import { describe, expect, it } from 'vitest';
import { listPromptFiles } from '../../../../src/replies/prompts/prompt-files.ts';
import { findTemplateFault } from '../../../../src/replies/prompts/prompt-template.ts';

const GOOD =
  'Answer for {{businessName}}. {{#businessPrompt}}Notes: {{businessPrompt}}{{/businessPrompt}} {{maxReplyCharacters}} {{canary}}';

describe('findTemplateFault', () => {
  it('accepts every file of the prompt reply, and what keeps its variables', () => {
    const files = listPromptFiles().filter(({ name, kind }) => name === 'reply' && kind === 'prompt');
    expect(files.length).toBeGreaterThan(0);
    for (const { body } of files) expect(findTemplateFault(body)).toBeNull();
    expect(findTemplateFault(GOOD)).toBeNull();
  });

  it('names what is missing, unknown or unreadable', () => {
    expect(findTemplateFault(GOOD.replace('{{canary}}', ''))).toContain('{{canary}}');
    expect(findTemplateFault(`${GOOD} {{customerPhone}}`)).toContain('{{customerPhone}}');
    expect(findTemplateFault(`${GOOD} {{#everything}}x{{/everything}}`)).toContain('{{everything}}');
    expect(findTemplateFault(`${GOOD} {{#businessName}} never closed`)).toContain('cannot be read');
    expect(findTemplateFault('')).toContain('{{businessPrompt}}');
  });

  it('refuses parts of other files and other delimiters', () => {
    expect(findTemplateFault(`${GOOD} {{> secrets}}`)).toContain('variables and sections');
    expect(findTemplateFault(`${GOOD} {{=<% %>=}}`)).toContain('variables and sections');
  });
});
