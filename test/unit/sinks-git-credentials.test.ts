import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { gitCredentials } from '../../src/redaction/git-credentials.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const header = (token: string): string => Buffer.from(`x-access-token:${token}`).toString('base64');
const [oldToken, newToken] = ['ghs_16C7e42F292c6912E7710c838347Ae178B4a', '5d8f9a27c41b4be2a93f0d6c8e1a7b35'] as const;
const tokenOf = (place: string): string => createHash('sha1').update(place).digest('hex');
const configuration = (token: string): string =>
  `[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic ${header(token)}\n`;

describe('T4: the credentials of a checkout', () => {
  it('are found in .git/config, and where newer versions of actions/checkout keep them', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(directory.join('checkout/.git'), { recursive: true });
    await mkdir(directory.join('temp'));
    await writeFile(directory.join('checkout/.git/config'), configuration(oldToken));
    await writeFile(directory.join('temp/git-credentials-1234.config'), configuration(newToken));
    const places = { checkout: directory.join('checkout'), workingDirectories: [], runnerTemp: directory.join('temp') };
    expect(await gitCredentials(places)).toEqual([header(oldToken), oldToken, header(newToken), newToken]);
  });

  it('are found wherever in the workspace a repository was put, and above the directory that Claude works in', async () => {
    await using directory = await temporaryDirectory();
    for (const place of ['checkout/tools', 'elsewhere']) {
      await mkdir(directory.join(place, '.git'), { recursive: true });
      await writeFile(directory.join(place, '.git/config'), configuration(tokenOf(place)));
    }
    const workingDirectories = [directory.join('elsewhere/deep/down'), directory.join('elsewhere')];
    const places = { checkout: directory.join('checkout'), workingDirectories, runnerTemp: undefined };
    const tokens = ['checkout/tools', 'elsewhere'].map(tokenOf);
    expect(await gitCredentials(places)).toEqual(tokens.flatMap((token) => [header(token), token]));
  });

  it('are found in the address of a remote', async () => {
    await using directory = await temporaryDirectory();
    await mkdir(directory.join('.git'));
    await writeFile(directory.join('.git/config'), `[remote "origin"]\n\turl = https://x:${newToken}@host/a.git\n`);
    const places = { checkout: directory.path, workingDirectories: [], runnerTemp: undefined };
    expect(await gitCredentials(places)).toEqual([newToken]);
  });

  it('are no words, names or paths, which whoever plants a configuration could choose', async () => {
    await using directory = await temporaryDirectory();
    const planted = [
      'vulnerable',
      'SQL injection',
      'AuthenticationController',
      'src/auth/login.ts',
      'CVE-2026-12345678',
    ];
    const headers = planted.flatMap((word) => [`basic ${header(word)}`, `bearer ${word}`, `token ${word}`]);
    await mkdir(directory.join('x/.git'), { recursive: true });
    await writeFile(
      directory.join('x/.git/config'),
      headers.map((value) => `[http]\n\textraheader = AUTHORIZATION: ${value}\n`).join(''),
    );
    const places = { checkout: directory.path, workingDirectories: [], runnerTemp: undefined };
    const found = await gitCredentials(places);
    expect(found.filter((value) => !planted.map(header).includes(value))).toEqual([]);
  });

  it('are none where there is no repository', async () => {
    await using directory = await temporaryDirectory();
    const places = { checkout: directory.path, workingDirectories: [directory.path], runnerTemp: undefined };
    expect(await gitCredentials(places)).toEqual([]);
  });
});
