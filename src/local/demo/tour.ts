import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cli } from './cli.ts';
import { mustRun } from './command.ts';
import type { Image } from './image.ts';
import { formatBytes, type Screen } from './screen.ts';

export interface TourParts {
  readonly screen: Screen;
  readonly cli: Cli;
  readonly image: Image;
  /** Made afresh for the tour's files. */
  readonly folder: string;
}

/** What the tour made, for what the user may try next. */
export interface Toured {
  readonly disk: string;
  readonly monday: string;
  readonly tuesday: string;
}

interface Transfer {
  readonly diskId: string;
  readonly writtenBlocks: number;
  readonly trimmedBlocks: number;
  readonly readBytes: number;
  readonly transferredBytes: number;
  readonly storedBytes: number;
}
interface SnapshotTold {
  readonly id: string;
  readonly type: 'FULL' | 'INCREMENTAL';
  readonly sizes: {
    readonly ownStoredBytes: number;
    readonly totalStoredBytes: number;
    readonly totalBytes: number;
  } | null;
}

const DISK_NAME = 'demo-';

/**
 * Varve's main job on a disk of its own, step by step; throws where a step does not do what it
 * says.
 */
export async function tour(parts: TourParts): Promise<Toured> {
  const { screen, folder } = parts;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  screen.heading('What Varve does, on a disk of its own (times include starting the command)');
  if (parts.image.note !== undefined) screen.line(`\n    ${parts.image.note}`);
  const made = await firstSnapshot(parts);
  const both = await secondSnapshot(parts, made);
  await cloneAndRollBack(parts, both);
  await compare(parts, both);
  await overview(parts, both);
  return both;
}

interface First {
  readonly disk: string;
  readonly monday: string;
}

async function firstSnapshot({ screen, cli, image, folder }: TourParts): Promise<First> {
  const file = join(folder, 'monday.img');
  screen.step(image.title);
  const shown = await image.make(file);
  screen.command(shown.command);
  const { size, blocks } = await stat(file);
  screen.figures(`${formatBytes(size)}, ${formatBytes(blocks * 512)} of them data: ${shown.text}`);

  const disk = await freeName(cli);
  await cli('service', 'open', '--accept-terms');
  screen.step('Import it as a disk: holes are neither sent nor stored');
  screen.command(`varve disk import monday.img --name ${disk}`);
  const { told, tookMs } = await cli<Transfer>('disk', 'import', file, '--name', disk);
  screen.figures(transferText(told), tookMs);

  const monday = `${disk}-monday`;
  screen.step('Snapshot it: a pointer, whatever the size');
  await snapshot({ screen, cli }, disk, monday);
  return { disk, monday };
}

async function secondSnapshot({ screen, cli, image, folder }: TourParts, { disk, monday }: First): Promise<Toured> {
  const file = join(folder, 'tuesday.img');
  await copyFile(join(folder, 'monday.img'), file);
  screen.step('Time passes: the files change');
  const shown = await image.change(file);
  screen.command(shown.command);
  screen.figures(shown.text);

  screen.step('Sync the disk: only what differs is sent');
  screen.command(`varve disk sync ${disk} tuesday.img`);
  const { told, tookMs } = await cli<Transfer>('disk', 'sync', disk, file);
  screen.figures(transferText(told), tookMs);

  const tuesday = `${disk}-tuesday`;
  screen.step('Snapshot again: only the change is stored');
  await snapshot({ screen, cli }, disk, tuesday);

  screen.step('Which blocks changed between the two');
  screen.command(`varve snapshot diff ${monday} ${tuesday}`);
  const diff = await cli<{ changedBytes: number; ranges: unknown[] }>('snapshot', 'diff', monday, tuesday);
  screen.figures(`${formatBytes(diff.told.changedBytes)} in ${diff.told.ranges.length} ranges`, diff.tookMs);
  return { disk, monday, tuesday };
}

async function cloneAndRollBack({ screen, cli }: TourParts, { disk, monday }: Toured): Promise<void> {
  screen.step('Clone a disk from the first snapshot: nothing is copied');
  screen.command(`varve disk create ${disk}-clone --snapshot ${monday}`);
  const clone = await cli<{ sizeBytes: number }>('disk', 'create', `${disk}-clone`, '--snapshot', monday);
  screen.figures(`a disk of ${formatBytes(clone.told.sizeBytes)}`, clone.tookMs);

  screen.step('Roll the disk back to the first snapshot; the later one stays');
  screen.command(`varve snapshot rollback ${monday}`);
  const back = await cli<{ disk: { version: number } }>('snapshot', 'rollback', monday);
  screen.figures(`the disk is at version ${back.told.disk.version}`, back.tookMs);
}

/** Everything comes out again, and is what went in. */
async function compare({ screen, cli, image, folder }: TourParts, { disk, tuesday }: Toured): Promise<void> {
  const exports = [
    { what: 'the disk, rolled back', words: ['disk', 'export', disk], as: 'disk.img', equals: 'monday.img' },
    { what: 'the clone', words: ['disk', 'export', `${disk}-clone`], as: 'clone.img', equals: 'monday.img' },
    { what: 'the later snapshot', words: ['snapshot', 'export', tuesday], as: 'later.img', equals: 'tuesday.img' },
  ];
  for (const { what, words, as, equals } of exports) {
    screen.step(`Export ${what}, and compare it byte for byte`);
    screen.command(`varve ${words.join(' ')} ${as}`);
    const { told, tookMs } = await cli<Transfer>(...words, join(folder, as));
    screen.figures(`${formatBytes(told.transferredBytes)} fetched, each block checked against its id`, tookMs);
    const compared = await mustRun('cmp', [join(folder, as), join(folder, equals)]);
    screen.command(`cmp ${as} ${equals}`);
    screen.figures('identical', compared.tookMs);
    if (image.check === undefined) continue;
    const { command, text } = await image.check(join(folder, as));
    screen.command(`${command} ${as}`);
    screen.figures(text);
  }
}

interface ChainTold {
  readonly capacity: { readonly logicalBytes: number; readonly storedBytes: number };
  readonly snapshotCount: number;
}

async function overview({ screen, cli }: TourParts, { disk }: Toured): Promise<void> {
  screen.step('What it all takes');
  screen.command(`varve chain show ${disk}`);
  const { told, tookMs } = await cli<ChainTold>('chain', 'show', disk);
  const { logicalBytes, storedBytes } = told.capacity;
  screen.figures(
    `${told.snapshotCount} snapshots: ${formatBytes(logicalBytes)} of blocks, ${formatBytes(storedBytes)} stored`,
    tookMs,
  );
}

async function snapshot({ screen, cli }: Pick<TourParts, 'screen' | 'cli'>, disk: string, name: string): Promise<void> {
  screen.command(`varve snapshot create ${disk} --name ${name}`);
  const { told, tookMs } = await cli<SnapshotTold>('snapshot', 'create', disk, '--name', name);
  const own = told.sizes === null ? 'sizes follow' : `${formatBytes(told.sizes.ownStoredBytes)} of its own`;
  const all = told.sizes === null ? '' : `, ${formatBytes(told.sizes.totalBytes)} of data in all`;
  screen.figures(`${told.type.toLowerCase()}: ${own}${all}`, tookMs);
}

function transferText({ readBytes, transferredBytes, storedBytes, writtenBlocks, trimmedBlocks }: Transfer): string {
  const holes = trimmedBlocks === 0 ? '' : `, ${trimmedBlocks} became holes`;
  return (
    `${formatBytes(readBytes)} read, ${formatBytes(transferredBytes)} in ${writtenBlocks} ` +
    `blocks sent (${formatBytes(storedBytes)} stored)${holes}`
  );
}

/** The tour may have been here before, and names need not be unique. */
async function freeName(cli: Cli): Promise<string> {
  const { told } = await cli<{ disks: { name: string }[] }>('disk', 'list', '--name', DISK_NAME);
  const taken = told.disks.map(({ name }) => Number(/^demo-(\d+)/.exec(name)?.[1] ?? 0));
  return `${DISK_NAME}${Math.max(0, ...taken) + 1}`;
}
