import type { Config } from '../config.ts';

interface Addresses {
  port: number;
  uiUrl: string;
  /** Only when it was made up at this very start. */
  adminPassword: string | null;
}

/** Says where everything is. The last line is for programs that wait for us. */
export function announce(say: (line: string) => void, config: Config, { port, uiUrl, adminPassword }: Addresses): void {
  const home = `http://127.0.0.1:${port}`;
  const lines: [string, string][] = [
    ['Panel', `${home}/admin`],
    ['API docs', `${home}/docs`],
    ['Webhook', `${home}/webhook`],
    ['Temporal UI', uiUrl],
  ];
  say('');
  for (const [name, value] of lines) say(`  ${name.padEnd(12)} ${value}`);
  if (adminPassword) {
    say(`  ${'Admin login'.padEnd(12)} ${config.auth.adminUsername} / ${adminPassword}   (shown this once)`);
  }
  if (config.ai.provider === 'builtin') say('  No AI key: the built-in responder answers.');
  say('');
  say(`ready ${home}`);
}
