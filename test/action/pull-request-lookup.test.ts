import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { lookUpPullRequest } from '../../src/github/event-file.ts';

async function githubApi(answer: (url: string, authorization: string | undefined) => { status: number; body: string }) {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '', request.headers.authorization);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

const question = { repository: 'octo-org/monorepo', number: 42, token: 'ghs_example' };

test('the pull request is asked for by its number, with the token', async () => {
  await using api = await githubApi((url, authorization) => ({
    status: 200,
    body: JSON.stringify({ url, authorization }),
  }));
  expect(await lookUpPullRequest({ ...question, apiUrl: api.url })).toEqual({
    url: '/repos/octo-org/monorepo/pulls/42',
    authorization: 'Bearer ghs_example',
  });
});

test.each([
  ['a refusal', { status: 403, body: '{"message":"Resource not accessible by integration"}' }],
  ['an answer that is not JSON', { status: 200, body: '<html>' }],
])('%s is the same as not knowing', async (_, answer) => {
  await using api = await githubApi(() => answer);
  expect(await lookUpPullRequest({ ...question, apiUrl: api.url })).toBeUndefined();
});

test('an API that is not there is the same as not knowing', async () => {
  let url: string;
  {
    await using api = await githubApi(() => ({ status: 200, body: '{}' }));
    url = api.url;
  }
  expect(await lookUpPullRequest({ ...question, apiUrl: url })).toBeUndefined();
});
