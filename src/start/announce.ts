import type { Config } from '../config.ts';

interface Addresses {
  /** Where this machine reaches the API. */
  home: string;
  /** Null where nobody knows. */
  uiUrl: string | null;
  /** Only when it was made up at this very start. */
  adminPassword: string | null;
}

/** Says where everything is. The last line is for programs that wait for us. */
export function announce(say: (line: string) => void, config: Config, { home, uiUrl, adminPassword }: Addresses): void {
  const lines: [string, string][] = [
    ['Panel', `${home}/admin`],
    ['API docs', `${home}/docs`],
    ['Webhook', `${home}/webhook`],
    ['Temporal UI', uiUrl ?? `as ${config.temporal.address} has it; set TEMPORAL_UI_URL to have links to it`],
  ];
  say('');
  for (const [name, value] of lines) say(`  ${name.padEnd(12)} ${value}`);
  if (adminPassword) {
    say(`  ${'Admin login'.padEnd(12)} ${config.auth.adminUsername} / ${adminPassword}   (shown this once)`);
  }
  if (config.ai.provider === 'builtin') say('  No AI key: the built-in responder answers.');
  const warning = unsignedWarning(config);
  if (warning) say(`  WARNING: ${warning}`);
  say('');
  say(`ready ${home}`);
}

/** What whoever set no secret must know; null when webhooks are checked. Accounts may have secrets of their own. */
function unsignedWarning({ directam, takesUnsignedWebhooks, isReachable }: Config): string | null {
  if (directam.webhookSecret !== null) return null;
  const unset = 'WEBHOOK_SECRET is not set.';
  if (!takesUnsignedWebhooks)
    return `${unset} Others can reach this Peyk, so webhooks are refused while no account has a secret.`;
  const who = isReachable ? 'Anybody' : 'Every program on this machine';
  return `${unset} ${who} can post messages in the name of customers and of the shop while no account has a secret.`;
}
