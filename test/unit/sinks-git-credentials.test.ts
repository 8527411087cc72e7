import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { gitCredentials } from '../../src/sinks/git-credentials.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const header = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');
const configuration = (token: string): string =>
  `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${header(token)}\n`;

describe('T4: the credentials of a checkout', () => {
  it('are found in .git/config, and where newer versions of actions/checkout keep them', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(directory.join('checkout/.git'), { recursive: true });
    await mkdir(directory.join('temp'));
    await writeFile(directory.join('checkout/.git/config'), configuration('token-of-the-old-place'));
    await writeFile(directory.join('temp/git-credentials-1234.config'), configuration('token-of-the-new-place'));
    const places = { checkout: directory.join('checkout'), runnerTemp: directory.join('temp') };
    expect(await gitCredentials(places)).toEqual([
      header('token-of-the-old-place'),
      'token-of-the-old-place',
      header('token-of-the-new-place'),
      'token-of-the-new-place',
    ]);
  });

  it('are none where there is no repository', async () => {
    await using directory = await temporaryDirectory();
    expect(await gitCredentials({ checkout: directory.path, runnerTemp: undefined })).toEqual([]);
  });
});
