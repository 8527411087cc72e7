import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { useProxies } from '../../src/frontends/action/proxies.ts';
import { lookUpPullRequest } from '../../src/github/event-file.ts';
import { startGitHubApi } from '../rig/github-api.ts';

test('our own calls to GitHub go through the proxy of the job, but for what it excepts', async () => {
  await using api = await startGitHubApi();
  const { port } = new URL(api.apiUrl);
  const asked: string[] = [];
  const proxy = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    const other = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      other.pipe(socket).pipe(other);
    });
  });
  proxy.on('request', ({ url = '' }, response) => {
    asked.push(url);
    response.end(JSON.stringify(api.pull));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const call = { repository: 'octo-org/monorepo', number: 7, token: 'x' };
  const undo = useProxies({ HTTP_PROXY, NO_PROXY: '127.0.0.1' });
  try {
    expect(await lookUpPullRequest({ ...call, apiUrl: 'http://github.example' })).toMatchObject({ number: 7 });
    expect(asked).toEqual([expect.stringContaining('github.example')]);
    expect(await lookUpPullRequest({ ...call, apiUrl: api.apiUrl })).toMatchObject({ number: 7 });
    expect(asked).toHaveLength(1);
  } finally {
    undo();
    proxy.closeAllConnections();
    proxy.close();
  }
  expect(useProxies({ HTTP_PROXY: 'no address' })).toBeTypeOf('function');
});
