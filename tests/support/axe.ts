import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

const OPTIONS = {
  resultTypes: ['violations'],
  // Off by itself: who says a button's words aloud must hit it.
  rules: { 'label-content-name-mismatch': { enabled: true } },
  // It would fetch the styles again, for rules that are off.
  preload: false,
};

/**
 * What axe finds wrong with the page as it stands, one line a rule. The script is run by the debugger, so the page's own
 * content policy stays as it is.
 */
export async function findViolations(page: Page): Promise<string[]> {
  const isLoaded = await page.evaluate('"axe" in window');
  if (!isLoaded) await page.evaluate(axe.source);
  const found = (await page.evaluate(`axe.run(document, ${JSON.stringify(OPTIONS)})`)) as {
    violations: Violation[];
  };
  return found.violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id} (${nodes.length}): ${first?.html.slice(0, 200)} ${first?.failureSummary?.slice(0, 300)}`;
  });
}
