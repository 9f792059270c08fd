import type { Request, Response } from 'express';
import { describe, expect, it } from 'vitest';
import { resolveAliases } from '../../../../src/platform/http/aliases.ts';

function resolve(url: string): string {
  const request = { url, path: url.split('?')[0] } as Request;
  resolveAliases(request, {} as Response, () => undefined);
  return request.url;
}

describe('resolveAliases', () => {
  it.each([
    ['/v1/auth/login', '/auth/login'],
    ['/api/admin/auth/me?x=1', '/auth/me?x=1'],
    ['/api/chats?platform=instagram', '/api/conversations?platform=instagram'],
    ['/api/chats/1', '/api/conversations/1'],
    ['/api/instagram/accounts', '/api/instagram-accounts'],
    ['/v1/instagram/1/profile', '/api/instagram-accounts/1/profile'],
  ])('reads %s as %s', (given, wanted) => {
    expect(resolve(given)).toBe(wanted);
  });

  it.each(['/api/chats/1/message', '/api/chatsx', '/v1/authx/login', '/auth/login', '/'])('leaves %s', (url) => {
    expect(resolve(url)).toBe(url);
  });
});
