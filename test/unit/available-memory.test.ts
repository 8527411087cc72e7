import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { memoryWithin } from '../../src/process/available-memory.ts';
import { temporaryDirectory } from '../rig/temporary-directory.ts';

const gibibyte = 1024 ** 3;

/** What is left on a machine of 8 GiB with these files. */
async function leftWith(files: Readonly<Record<string, string>>): Promise<number> {
  await using directory = await temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(directory.join(name)), { recursive: true });
    await writeFile(directory.join(name), `${text}\n`);
  }
  return memoryWithin({ root: directory.path, free: () => 8 * gibibyte }) / gibibyte;
}

test('without cgroups, and where nothing is limited, it is what the machine has', async () => {
  expect(await leftWith({})).toBe(8);
  expect(await leftWith({ 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/memory.max': 'max' })).toBe(8);
  const unlimited = { 'memory.limit_in_bytes': '9223372036854771712', 'memory.usage_in_bytes': `${gibibyte}` };
  const files = Object.entries(unlimited).map(([name, text]) => [`sys/fs/cgroup/memory/${name}`, text]);
  expect(await leftWith({ 'proc/self/cgroup': '4:memory:/', ...Object.fromEntries(files) })).toBe(8);
});

test("a container's limit counts, and its page cache is not used memory (version 2)", async () => {
  const files = {
    'proc/self/cgroup': '0::/',
    'sys/fs/cgroup/memory.max': String(4 * gibibyte),
    'sys/fs/cgroup/memory.current': String(3.5 * gibibyte),
  };
  expect(await leftWith(files)).toBe(0.5);
  const stat = ['anon 1', `inactive_file ${gibibyte}`, `active_file ${gibibyte}`, `slab_reclaimable ${gibibyte / 2}`];
  expect(await leftWith({ ...files, 'sys/fs/cgroup/memory.stat': stat.join('\n') })).toBe(3);
});

test('the tightest limit of all groups above counts', async () => {
  const group = (path: string, max: number, current: number) => ({
    [`sys/fs/cgroup${path}/memory.max`]: String(max * gibibyte),
    [`sys/fs/cgroup${path}/memory.current`]: String(current * gibibyte),
  });
  const files = { ...group('/pod', 2, 1.75), ...group('/pod/runner', 6, 1), ...group('/pod/runner/step', 3, 0.5) };
  expect(await leftWith({ 'proc/self/cgroup': '0::/pod/runner/step', ...files })).toBe(0.25);
});

test("version 1: the limit counts, also where the path is the host's and not seen in the container", async () => {
  const files = {
    'sys/fs/cgroup/memory/memory.limit_in_bytes': String(2 * gibibyte),
    'sys/fs/cgroup/memory/memory.usage_in_bytes': String(1.5 * gibibyte),
    'sys/fs/cgroup/memory/memory.stat': `cache 9\ntotal_inactive_file ${gibibyte / 4}\ntotal_active_file ${gibibyte / 4}`,
  };
  expect(await leftWith({ 'proc/self/cgroup': '11:cpu:/x\n4:memory,hugetlb:/docker/abc', ...files })).toBe(1);
});
