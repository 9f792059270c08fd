import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasSigner, verifyDirectamSignature } from '../../../../src/channels/directam/signature.ts';
import { SignatureError } from '../../../../src/platform/errors.ts';
import { signDirectam } from '../../../support/fake-directam.ts';

const FIXTURES = new URL('../../../fixtures/directam/', import.meta.url);
const vectors = JSON.parse(readFileSync(new URL('signature-vectors.json', FIXTURES), 'utf8')) as {
  secret: string;
  file: string;
  signature: string;
}[];

const vector = vectors[0]!;
const rawBody = readFileSync(new URL(vector.file, FIXTURES));

function verify(
  signature: string | string[] | undefined,
  body: Buffer = rawBody,
  secrets: (string | null)[] = [vector.secret],
  mustBeSigned = false,
) {
  const credentials = secrets.map((webhookSecret) => ({ baseUrl: null, apiKey: null, webhookSecret }));
  const request = { rawBody: body, headers: { 'x-webhook-signature': signature }, receivedAtMs: 0 };
  return () => verifyDirectamSignature(request, credentials, mustBeSigned);
}

describe('verifyDirectamSignature', () => {
  it.each([
    ['as written', vector.signature],
    ['in upper case', vector.signature.toUpperCase()],
    ['behind sha256=', `sha256=${vector.signature}`],
    ['behind SHA256=', `SHA256=${vector.signature}`],
  ])('accepts the signature %s', (_name, signature) => {
    expect(verify(signature)).not.toThrow();
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['shorter', vector.signature.slice(2)],
    ['longer', `${vector.signature}00`],
    ['not hex', 'z'.repeat(64)],
    ['of letters outside ASCII', 'ß'.repeat(64)],
    ['behind sha1=', `sha1=${vector.signature}`],
    ['repeated', [vector.signature, vector.signature]],
    ['of another secret', signDirectam(rawBody, 'another')],
  ])('refuses a signature that is %s', (_name, signature) => {
    expect(verify(signature)).toThrow(SignatureError);
  });

  it('refuses a body that was changed by one byte or written anew', () => {
    const changed = Buffer.from(rawBody);
    changed[5] = changed[5]! ^ 1;
    expect(verify(vector.signature, changed)).toThrow(SignatureError);
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString())));
    expect(verify(vector.signature, rewritten)).toThrow(SignatureError);
  });

  it('accepts the signature of any account, and of no other', () => {
    expect(verify(vector.signature, rawBody, ['one', vector.secret, null])).not.toThrow();
    expect(verify(vector.signature, rawBody, ['one', 'two'])).toThrow(SignatureError);
    expect(verify(undefined, rawBody, [null, 'one'])).toThrow(SignatureError);
  });

  it('accepts every request while no account has a secret, unless it must be signed', () => {
    expect(verify(undefined, rawBody, [null])).not.toThrow();
    expect(verify(undefined, rawBody, [])).not.toThrow();
    expect(verify(undefined, rawBody, [], true)).toThrow(SignatureError);
    expect(verify(vector.signature, rawBody, [], true)).toThrow(SignatureError);
  });

  it('tells what no secret can prove from what is wrong', () => {
    expect(verify(undefined, rawBody, [null], true)).toThrow(expect.objectContaining({ reason: 'no_secret' }));
    expect(verify(undefined, rawBody, ['one'], true)).toThrow(expect.objectContaining({ reason: 'unproven' }));
    const credentials = (webhookSecret: string | null) => [{ baseUrl: null, apiKey: null, webhookSecret }];
    expect([hasSigner([]), hasSigner(credentials(null)), hasSigner(credentials('one'))]).toEqual([false, false, true]);
  });
});
