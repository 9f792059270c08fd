import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../../src/platform/logging/logging.ts';

function capture() {
  const lines: string[] = [];
  const logger = createLogger('test', 'info', { output: { write: (line: string) => void lines.push(line) } });
  return { logger, log: () => lines.join('') };
}

describe('createLogger', () => {
  it('writes no secret, at the top or nested, whatever it is called', () => {
    const { logger, log } = capture();
    const secrets = {
      authorization: 'Bearer s3cret',
      cookie: 's3cret',
      'x-api-key': 's3cret',
      'x-webhook-signature': 's3cret',
      password: 's3cret',
      accessToken: 's3cret',
      refresh_token: 's3cret',
    };
    logger.info(secrets, 'top');
    logger.info({ headers: secrets }, 'nested');
    logger.info({ request: { headers: secrets } }, 'deeper');
    expect(log()).not.toContain('s3cret');
    expect(log()).toContain('[hidden]');
  });

  it('masks phone numbers in messages and fields, and keeps ids and times', () => {
    const { logger, log } = capture();
    const id = '01900000-0000-7000-8000-000000000000';
    logger.info(
      { id, from: '+989121234567', list: [{ to: '09121234567' }], at: 1735651200 },
      'call +989121234567 back',
    );
    expect(log()).not.toMatch(/9121234567/);
    expect(log()).toContain('+989***67');
    expect(log()).toContain(id);
    expect(log()).toContain('1735651200');
  });

  it('hides tokens in texts, what customers wrote, and what errors quote', () => {
    const { logger, log } = capture();
    logger.warn({ url: 'https://x.example/me?access_token=EAAB-s3cret&v=1' }, 'asked with Bearer s3cret.token');
    logger.warn({ text: 'my s3cret address', message: { body: 's3cret' } }, 'eyJhbGciOiJIUzI1NiJ9.s3cret.s3cret');
    logger.error({ err: new Error('no route to postgres://peyk:s3cret@db/peyk for +989121234567') }, 'failed');
    const quoting = Object.assign(
      new Error('Invalid `db.user.create()` invocation:\n{ phone: "s3cret" }\nIt is taken.'),
      {
        name: 'PrismaClientKnownRequestError',
        code: 'P2002',
        meta: { target: 's3cret' },
      },
    );
    logger.error({ err: new Error('outer', { cause: quoting }) }, 'failed');
    expect(log()).not.toMatch(/s3cret|9121234567/);
    for (const kept of ['v=1', 'It is taken.', 'P2002', 'logging.test.ts']) expect(log()).toContain(kept);
  });

  it('gives warnings and errors, and nothing less, to a second stream as well', () => {
    const [all, warnings]: [string[], string[]] = [[], []];
    const output = { write: (line: string) => void all.push(line) };
    const logger = createLogger('test', 'debug', {
      output,
      warnings: { write: (line: string) => void warnings.push(line) },
    });
    logger.debug('one');
    logger.info('two');
    logger.warn('three');
    logger.error('four');
    expect(all).toHaveLength(4);
    expect(warnings.map((line) => (JSON.parse(line) as { msg: string; level: string }).msg)).toEqual(['three', 'four']);
  });

  it('says nothing below its level', () => {
    const { logger, log } = capture();
    logger.debug('hidden');
    expect(log()).toBe('');
  });
});
