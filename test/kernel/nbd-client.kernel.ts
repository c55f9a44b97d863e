import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CliHarness, createCliHarness } from '../cli/harness.ts';
import { LAUNCHER } from '../support/launcher.ts';
import { describeWith, tell } from '../support/programs.ts';
import { shared } from '../support/shared.ts';
import { runInGuest } from './guest.ts';

const PROGRAMS = [
  'linux.uml',
  'slirp-fullbolt',
  'insmod',
  'nbd-client',
  'mke2fs',
  'e2fsck',
  'debugfs',
  ...(process.geteuid?.() === 0 ? [] : ['root']),
];
const CONTENTS = Buffer.alloc(3_000_000, 'what the filesystem had before it was mounted. ');

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

/**
 * `wait_for COMMAND`: until it succeeds, at most a minute. `up TARGET`: mounts in the background,
 * until the filesystem is there.
 */
const HELPERS = `
wait_for() { for try in $(seq 60); do "$@" && return; sleep 1; done; echo "in vain: $*"; return 1; }
mounted() { grep -q " $PWD/$1 " /proc/mounts; }
unmounted() { ! mounted "$1"; }
up() { mkdir -p "$2"; node ${LAUNCHER} mount "$1" "$2" >&2 & pid=$!; wait_for mounted "$2"; }
`;

describeWith(PROGRAMS, '9.3: the kernel with nbd-client', () => {
  it('mounts a snapshot, and a disk that is written to, lets both go, and lets go of what was killed', async () => {
    const image = cli.path('fs.img');
    await mkdir(cli.path('files'));
    await writeFile(cli.path('files/before'), CONTENTS);
    await tell('mke2fs', '-q', '-t', 'ext4', '-d', cli.path('files'), image, '32M');
    await cli.json('disk', 'import', image, '--name', 'data');
    await cli.json('snapshot', 'create', 'data', '--name', 'monday');

    const said = await runInGuest({
      folder: cli.folder,
      ports: [cli.environment.VARVE_ENDPOINT ?? '', (await shared('engines')).s3Endpoint].map((url) =>
        Number(new URL(url).port),
      ),
      environment: cli.environment,
      script: `${HELPERS}
up monday old
grep " $PWD/old " /proc/mounts
sha256sum old/before
{ touch old/new 2>&1 || true; } | grep -o Read-only
kill -INT $pid; wait $pid; unmounted old
nbd-client -check /dev/nbd0 || echo free

up data live
grep " $PWD/live " /proc/mounts
echo 'written by the guest' > live/after
sync -f live
kill -INT $pid; wait $pid; unmounted live
nbd-client -check /dev/nbd0 || echo free

up monday killed
kill -KILL $pid
node ${LAUNCHER} detach killed >&2
unmounted killed
`,
    });

    expect(said.trim().split('\n')).toEqual([
      expect.stringMatching(/^\/dev\/nbd0 \/dev\/shm\/old ext4 ro,nosuid,nodev/),
      `${createHash('sha256').update(CONTENTS).digest('hex')}  old/before`,
      'Read-only',
      'free',
      expect.stringMatching(/^\/dev\/nbd0 \/dev\/shm\/live ext4 rw,nosuid,nodev/),
      'free',
    ]);
    await cli.json('disk', 'export', 'data', cli.path('back.img'));
    expect(await tell('debugfs', '-R', 'cat /after', cli.path('back.img'))).toBe('written by the guest\n');
    await tell('e2fsck', '-f', '-n', cli.path('back.img'));
  });
});
