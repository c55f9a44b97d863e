import { existsSync, lstatSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freeBytes, RESERVE_BYTES } from '../../../platform/disk-space.ts';
import { isOwn } from '../../../platform/trusted-user.ts';
import { RESTORING } from '../../folder/contents.ts';
import { findEarlierFiles } from '../../folder/earlier-files.ts';
import { networkOf } from '../../folder/file-system.ts';
import { EMULATED_FORMAT, MARKER, readMarker } from '../../folder/marker.ts';
import { rebuildCommand } from '../../folder/open.ts';
import { mib, START_BYTES } from '../../folder/space.ts';
import { StartError } from '../../start-error.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** What can be seen of a data folder without its lock. Changes nothing. */
export function folderFindings(data: string): Finding[] {
  return [
    folderFinding(data),
    ...modeFindings(data),
    keysFinding(data),
    fileSystemFinding(data),
    spaceFinding(data),
    ...leftovers(data),
    ...earlierFilesFindings(data),
  ];
}

/** Whether anything of the folder can be looked at. */
export function isDataFolder(data: string): boolean {
  return existsSync(join(data, MARKER));
}

function folderFinding(data: string): Finding {
  if (existsSync(join(data, RESTORING)) && !isDataFolder(data))
    return problem('folder', `Restoring ${data} was interrupted.`, 'Run "npx varve server restore" again.');
  try {
    const marker = readMarker(data);
    if (marker === undefined)
      return problem(
        'folder',
        `${data} is no data folder of Varve.`,
        'Name another with --data, or start a server there.',
      );
    if (marker.format === EMULATED_FORMAT)
      return problem(
        'folder',
        `${data} has format ${EMULATED_FORMAT}, of an earlier version.`,
        'Start the server: it takes the folder over.',
      );
    if (marker.rebuilding)
      return problem(
        'folder',
        'The catalogue is not whole: rebuilding it was interrupted.',
        `Run "${rebuildCommand({ path: data })}" again.`,
      );
    return ok('folder', `${data} is a data folder of format ${marker.format}.`);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return problem('folder', error.message, 'See docs/operations.md.');
  }
}

const OF_OTHERS = 0o077;

function modeFindings(data: string): Finding[] {
  const names = readdirSync(data).filter((name) => !lstatSync(join(data, name)).isSymbolicLink());
  const paths = [data, ...names.map((name) => join(data, name))];
  const folder = statSync(data);
  const strange = paths.filter((path) => lstatSync(path).uid !== folder.uid);
  const open = paths.filter((path) => (lstatSync(path).mode & OF_OTHERS) !== 0);
  const isMine = isOwn(folder) || process.geteuid?.() === 0;
  return [
    strange.length > 0
      ? problem(
          'owner',
          `${strange[0]} belongs to another user than the folder.`,
          'See who put it there. Then give it to the owner of the folder (chown), or delete it.',
        )
      : isMine
        ? ok('owner', 'The folder and its files belong to one user.')
        : warning('owner', 'The folder belongs to another user.', 'Run this as that user.'),
    open.length > 0
      ? warning(
          'modes',
          `${open[0]} is open to other users.`,
          'Start the server, which closes it, or run chmod go= on it.',
        )
      : ok('modes', 'The folder and its files are closed to other users.'),
  ];
}

function keysFinding(data: string): Finding {
  return existsSync(join(data, 'keys.json'))
    ? ok('keys', 'keys.json is there. A copy of it has to be kept apart.')
    : problem(
        'keys',
        'keys.json is missing.',
        'Put it back from its copy. Without it, what is encrypted cannot be read.',
      );
}

/** Magic numbers of statfs(2). */
const FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0xf2f52010, 'f2fs'],
]);
const PASSING: ReadonlyMap<number, string> = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
]);

function fileSystemFinding(data: string): Finding {
  const type = statfsSync(data).type >>> 0;
  const network = networkOf(type);
  if (network !== undefined)
    return problem(
      'filesystem',
      `The folder is on ${network}, where locks and syncs cannot be relied on.`,
      'Move it to a disk of this machine.',
    );
  const passing = PASSING.get(type);
  if (passing !== undefined)
    return warning(
      'filesystem',
      `The folder is on ${passing}, which is gone when the machine ends.`,
      'Move it to a disk.',
    );
  return ok(
    'filesystem',
    `The folder is on ${FILE_SYSTEMS.get(type) ?? `a file system of type 0x${type.toString(16)}`}.`,
  );
}

const EARLY = 16;

function spaceFinding(data: string): Finding {
  const free = freeBytes(data);
  const found = `${mib(free)} are free on the disk of the folder.`;
  if (free < START_BYTES) {
    return problem('space', found, 'Make room: a server does not even start.');
  }
  if (free < RESERVE_BYTES) {
    return problem('space', found, 'Make room: no new blocks are taken in.');
  }
  return free < EARLY * RESERVE_BYTES
    ? warning('space', found, `Make room soon: below ${mib(RESERVE_BYTES)} no new blocks are taken in.`)
    : ok('space', found);
}

const OF_EARLIER_VERSIONS = /^(catalogue\.db.*|catalogue\.sqlite\.version-.*|functions|dynamodb|s3)$/;

function leftovers(data: string): Finding[] {
  const names = readdirSync(data).filter((name) => OF_EARLIER_VERSIONS.test(name) || name.includes('.damaged-'));
  if (names.length === 0) {
    return [ok('leftovers', 'Nothing is left over of earlier versions or rebuilds.')];
  }
  return [
    warning(
      'leftovers',
      `${names.join(', ')}: left over of an earlier version or a rebuild.`,
      'Delete it when everything works and a scrub has passed.',
    ),
  ];
}

/** What was there before the folder was taken over. */
function earlierFilesFindings(data: string): Finding[] {
  const earlier = findEarlierFiles(data);
  if (earlier === undefined) return [];
  const what = `${earlier.path} holds what an earlier version of Varve left`;
  if (earlier.verifiedAt === undefined)
    return [ok('earlier', `${what}; keep it until everything has been read back once, as "varve scrub" does.`)];
  return [
    warning(
      'earlier',
      `${what}, and all has been read back since.`,
      `Delete it, so that it takes no space: ${earlier.path}`,
    ),
  ];
}
