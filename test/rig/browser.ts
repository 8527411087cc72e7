import { existsSync } from 'node:fs';
import { env, getuid } from 'node:process';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A real Chromium without a window; a machine that has none cannot run these tests, and says so. */
export function startBrowser(): Promise<Browser> {
  const executablePath = env.CHROMIUM ?? places.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error(`No Chromium: none of ${places.join(', ')}, and CHROMIUM is not set.`);
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const args = [
    ...quiet,
    '--disable-component-update',
    '--disable-sync',
    ...(getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  return chromium.launch({ executablePath, args });
}
