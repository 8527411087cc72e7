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
    const places = { checkout: directory.join('checkout'), workingDirectories: [], runnerTemp: directory.join('temp') };
    expect(await gitCredentials(places)).toEqual([
      header('token-of-the-old-place'),
      'token-of-the-old-place',
      header('token-of-the-new-place'),
      'token-of-the-new-place',
    ]);
  });

  it('are found wherever in the workspace a repository was put, and above the directory that Claude works in', async () => {
    await using directory = await temporaryDirectory();
    for (const place of ['checkout/tools', 'elsewhere']) {
      await mkdir(directory.join(place, '.git'), { recursive: true });
      await writeFile(directory.join(place, '.git/config'), configuration(`token-left-in-${place}`));
    }
    const workingDirectories = [directory.join('elsewhere/deep/down'), directory.join('elsewhere')];
    const places = { checkout: directory.join('checkout'), workingDirectories, runnerTemp: undefined };
    const tokens = ['token-left-in-checkout/tools', 'token-left-in-elsewhere'];
    expect(await gitCredentials(places)).toEqual(tokens.flatMap((token) => [header(token), token]));
  });

  it('are none where there is no repository', async () => {
    await using directory = await temporaryDirectory();
    const places = { checkout: directory.path, workingDirectories: [directory.path], runnerTemp: undefined };
    expect(await gitCredentials(places)).toEqual([]);
  });
});
