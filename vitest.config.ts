import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What each folder of tests may take, in milliseconds: a hang must end the test, not the job. */
const timeouts = {
  unit: 60_000,
  process: 60_000,
  claude: 60_000,
  session: 60_000,
  action: 60_000,
  fuzz: 120_000,
  e2e: 180_000,
  promises: 120_000,
  browser: 120_000,
};

/** An empty one: the shells of Claude's tools read what stands in the user's, which may be slow, or hang where a test killed it. */
const home = join(import.meta.dirname, 'node_modules/.test-home');
mkdirSync(home, { recursive: true });

export default defineConfig({
  test: {
    // The children are real: more workers than this only make every one of them late on a machine of 2 cores.
    maxWorkers: 2,
    // The library and the command decide whom to trust by most of these; where the tests run must not matter to them.
    env: { HOME: home, CI: '', GITHUB_ACTIONS: '', GITHUB_EVENT_NAME: '', GITHUB_EVENT_PATH: '', GITHUB_WORKSPACE: '' },
    setupFiles: ['test/rig/random-seed.ts'],
    // GitHub's own validator of action.yml imports its siblings without file endings, which Node refuses.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
    projects: Object.entries(timeouts).map(([name, timeout]) => ({
      extends: true,
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        testTimeout: timeout,
        hookTimeout: timeout,
        // These change nothing that is shared: importing everything anew for each file would take a third of the time of many.
        isolate: !['unit', 'process', 'session', 'action'].includes(name),
        // Tests that wait for a deadline of the artifact service leave the processors to others.
        maxConcurrency: 10,
      },
    })),
  },
});
