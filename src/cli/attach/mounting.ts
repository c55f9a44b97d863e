import { type ChildProcess, spawn } from 'node:child_process';
import { access, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  choosePartition,
  type MountTools,
  type MountWay,
  mountOptions,
  parsePartitions,
  unable,
} from './mount-plan.ts';
import { findProgram, programPath, runProgram } from './run-program.ts';

export interface MountRequest {
  readonly uri: string;
  readonly socket: string;
  /** Where the filesystem shall appear; an empty folder. */
  readonly folder: string;
  /** An empty folder of this attachment's own. */
  readonly work: string;
  readonly readOnly: boolean;
  readonly partition: number | undefined;
  readonly way: MountWay;
}

/** Commands that take a mount back, in the order in which to run them. */
export type Undo = readonly (readonly string[])[];

const APPEARS_MS = 10_000;
const BASE_PROGRAMS = ['partx', 'blkid', 'mount', 'umount'];
const NBD_DEVICES = 16; // as many as the kernel's driver makes by itself

export async function mountTools(): Promise<MountTools> {
  const [nbdfuse, losetup, nbdClient] = await Promise.all(
    ['nbdfuse', 'losetup', 'nbd-client'].map((name) => findProgram(name)),
  );
  const base = await Promise.all(BASE_PROGRAMS.map((name) => findProgram(name)));
  return {
    isRoot: process.geteuid?.() === 0,
    missing: BASE_PROGRAMS.filter((_, at) => base[at] === undefined),
    nbdfuse: nbdfuse !== undefined,
    fuse: await exists('/dev/fuse'),
    losetup: losetup !== undefined,
    nbdClient: nbdClient !== undefined,
    nbdDevice: nbdClient === undefined ? undefined : await freeNbdDevice(),
  };
}

async function freeNbdDevice(): Promise<string | undefined> {
  for (let number = 0; number < NBD_DEVICES; number++) {
    const device = `/dev/nbd${number}`;
    if (!(await exists(device))) return undefined;
    const { code } = await runProgram(['nbd-client', '-check', device]);
    if (code !== 0) return device; // 1: not connected
  }
  return undefined;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Mounts an export. On failure all that was done is undone. `onStep` gets what to undo after each
 * step.
 */
export async function mountExport(request: MountRequest, onStep: (undo: Undo) => Promise<void>): Promise<Undo> {
  const { way } = request;
  const undo: (readonly string[])[] = [];
  const done = async (command: readonly string[]) => {
    undo.unshift(command);
    await onStep([...undo]);
  };
  try {
    const whole = await appear(request, done);
    const partitions = await run(
      ['partx', '--show', '--raw', '--noheadings', '--output', 'NR,START,SECTORS', whole],
      [0, 1],
    );
    const part = choosePartition(parsePartitions(partitions), request.partition);
    const range = part === undefined ? [] : ['--offset', `${part.offsetBytes}`, '--sizelimit', `${part.sizeBytes}`];
    let device = whole;
    if (way.kind === 'NBDFUSE' || part !== undefined) {
      device = (await run(['losetup', '--find', '--show', ...range, whole])).trim();
      await done(['losetup', '--detach', device]);
    }
    const filesystem = (await run(['blkid', '-p', '-o', 'value', '-s', 'TYPE', device], [0, 2])).trim();
    if (filesystem === '') throw unable('There is no filesystem on it that this machine knows.');
    await run(['mount', '-o', mountOptions(filesystem, request.readOnly), '-t', filesystem, device, request.folder]);
    await done(['umount', request.folder]);
    return undo;
  } catch (error) {
    await undoMount(undo).catch(() => undefined); // what went wrong first is reported
    throw error;
  }
}

/** Makes the export a file or device; its path. */
async function appear(
  { uri, socket, work, way }: MountRequest,
  done: (undo: readonly string[]) => Promise<void>,
): Promise<string> {
  if (way.kind === 'NBD_CLIENT') {
    await run(['nbd-client', '-unix', socket, way.device]);
    await done(['nbd-client', '-disconnect', way.device]);
    return way.device;
  }
  const file = join(work, 'disk');
  // In a session of its own: the terminal's Ctrl-C is for us, and must not end the filesystem's
  // device.
  const child = spawn(await programPath('nbdfuse'), [file, uri], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = endOf(child);
  for (const end = performance.now() + APPEARS_MS; performance.now() < end; await delay(20)) {
    const state = await Promise.race([
      ended,
      access(file).then(
        () => 'there' as const,
        () => undefined,
      ),
    ]);
    if (state === 'there') {
      child.unref();
      await done(['umount', work]); // fusermount3 is for those who are not root, and may be missing
      return file;
    }
    if (state !== undefined) throw unable(`nbdfuse ended: ${state.why}`);
  }
  child.kill();
  throw unable(`nbdfuse shows nothing within ${APPEARS_MS / 1000} s.`);
}

function endOf(child: ChildProcess): Promise<{ why: string }> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-1000);
  });
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ why: message }));
    child.on('exit', () => resolve({ why: said.trim() || 'without a message' }));
  });
}

async function run(command: readonly string[], allowed: readonly number[] = [0]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(command);
  if (code !== null && allowed.includes(code)) return stdout;
  throw unable(`${command[0]} failed: ${stderr || `exit code ${code}`}`);
}

const BUSY_MS = 500;

/**
 * Takes a mount back. What is in use is waited for, as long as `patient` says. Then it is unmounted
 * lazily: it disappears at once, and for good when nobody uses it any more. What is gone already is
 * no failure. Every step is tried, whatever fails.
 */
export async function undoMount(undo: Undo, patient: (why: string) => boolean = () => false): Promise<void> {
  const failures: unknown[] = [];
  for (const command of undo) await undoStep(command, patient).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0] as Error;
}

async function undoStep(command: readonly string[], patient: (why: string) => boolean): Promise<void> {
  for (;;) {
    const { code, stderr } = await runProgram(command);
    if (code === 0 || !/busy/.test(stderr)) return;
    if (!patient(stderr)) break;
    await delay(BUSY_MS);
  }
  if (command[0] === 'umount') await runProgram(['umount', '--lazy', ...command.slice(1)]);
}

/** Removes the folder of an attachment that has ended. */
export async function removeWorkFolder(work: string): Promise<void> {
  await rmdir(work).catch(() => undefined); // not while something lazy is still there
}
