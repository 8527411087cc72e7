#!/usr/bin/env bash
# Runs vitest as a user who is not root, as a hosted runner does: what root may read, write and kill hides faults.
# Arguments are vitest's. Needs root, and a tree that is installed, compiled and built. The tree is copied to a directory
# that the user can reach, by hard links where possible; the pinned Node comes with it.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo 'Run this as root; who is not root runs vitest as it is.' >&2; exit 2; }
user=nobody group=$(id -gn nobody)
copy=$(mktemp -d)
clean() { umount --lazy "$copy"/disks/*k-* 2>/dev/null || true; rm -rf "$copy"; }
trap clean EXIT
chmod 755 "$copy"
mkdir "$copy/tree" "$copy/home" "$copy/tmp" "$copy/disks"
# Only root may mount; see test/rig/small-disk.ts.
for size in 8k 512k; do for kind in rw ro; do for n in 1 2 3 4 5 6; do
  mkdir "$copy/disks/$size-$kind-$n"
  mount -t tmpfs -o "size=$size,mode=0777,$kind" tmpfs "$copy/disks/$size-$kind-$n"
done; done; done
for entry in *; do cp -al "$entry" "$copy/tree/" 2>/dev/null || { rm -rf "$copy/tree/$entry"; cp -a "$entry" "$copy/tree/"; }; done
for entry in .github .ci; do cp -a "$entry" "$copy/tree/"; done
rm -rf "$copy"/tree/node_modules/{.vite*,.test-home}
chown "$user:$group" "$copy/tree" "$copy/tree/node_modules" "$copy/home" "$copy/tmp" "$copy/disks"
cd "$copy/tree"
setpriv --reuid="$user" --regid="$group" --clear-groups env HOME="$copy/home" TMPDIR="$copy/tmp" SMALL_DISKS="$copy/disks" PATH="$PWD/node_modules/.bin:$PATH" \
  node node_modules/vitest/vitest.mjs "$@"
