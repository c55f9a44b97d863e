import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OwnProgram } from '../../platform/program/own-program.ts';
import { StartError } from '../start-error.ts';
import { chooseImage, type Image, type Shown } from './image.ts';
import { mustRun, run } from './run-program.ts';
import { sameBytes } from './same-files.ts';
import type { Screen } from './screen.ts';
import { type Act, STEPS } from './steps.ts';

export interface TourParts {
  readonly screen: Screen;
  /** Where the commands run. A server has its data in .varve there. */
  readonly folder: string;
  /** What `varve` is here. */
  readonly program: OwnProgram;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The descriptor that the screen writes to. */
  readonly shownOn: 1 | 2;
  readonly signal: AbortSignal;
}

/**
 * Walks through what Varve does, with the command for each step and what it says. The number of
 * steps. Throws `StartError` where a step does not do what it says.
 */
export async function giveTour(parts: TourParts): Promise<number> {
  const { screen, folder, signal } = parts;
  const workFolder = join(folder, 'made-of');
  await mkdir(workFolder);
  const image = await chooseImage(workFolder);
  const guide = createGuide(parts, image);
  for (const [at, step] of STEPS.entries()) {
    if (at > 0) await screen.pause();
    const { note } = image;
    const isMade = note !== undefined && step.acts.some(({ kind }) => kind === 'make');
    await screen.step(isMade ? { ...step, why: [note] } : step, at + 1, STEPS.length);
    for (const act of step.acts) {
      signal.throwIfAborted();
      await guide(act);
    }
  }
  return STEPS.length;
}

interface Preview {
  readonly storedBytes: number;
}
interface Usage {
  readonly now: { readonly storedBytes: number };
}

function createGuide({ screen, folder, program, environment, shownOn, signal }: TourParts, image: Image) {
  const place = (name: string) => join(folder, name);
  const base = { cwd: folder, environment: withoutVarve(environment), signal };
  const show = async (words: string): Promise<void> => {
    await screen.command(`varve ${words}`);
    const ran = await run(program.file, [...program.args, ...words.split(' ')], { ...base, shownOn });
    if (ran?.code === 0) return;
    throw new StartError(`The tour stopped at varve ${words}, which ended with ${ran?.code}.`);
  };
  const ask = async <T>(words: string): Promise<T> => {
    const all = [...program.args, ...words.split(' '), '--json', '--quiet'];
    return JSON.parse((await mustRun(program.file, all, base)).stdout) as T;
  };
  const showImage = async (shown: Promise<Shown>, file = ''): Promise<void> => {
    const { command, text } = await shown;
    await screen.command(`${command}${file}`);
    await screen.line(text);
  };
  const storedBytes = async () => (await ask<Usage>('usage')).now.storedBytes;
  let promised: { readonly bytes: number; readonly before: number } | undefined;

  const same = async (file: string, as: string): Promise<void> => {
    await screen.command(`cmp ${file} ${as}`);
    const bytes = await sameBytes(place(file), place(as));
    if (bytes === undefined) throw stopped(`${file} and ${as} differ.`);
    await screen.line(`All ${grouped(bytes)} bytes are the same.`);
  };
  const kept = async (): Promise<void> => {
    if (promised === undefined) throw new Error('nothing was promised');
    const freed = promised.before - (await storedBytes());
    if (freed !== promised.bytes) throw stopped(`${promised.bytes} bytes were promised, ${freed} are unused.`);
    const said = `The preview said ${grouped(promised.bytes)} bytes.`;
    await screen.line(`${said} Exactly so many are used by nothing now.`);
  };

  return async (act: Act): Promise<void> => {
    switch (act.kind) {
      case 'varve':
        return show(act.words);
      case 'make':
        return showImage(image.make(place(act.file)));
      case 'change':
        await copyFile(place('monday.img'), place(act.file));
        return showImage(image.change(place(act.file)));
      case 'check':
        return image.check && showImage(image.check(place(act.file)), ` ${act.file}`);
      case 'same':
        return same(act.file, act.as);
      case 'promise': {
        const { storedBytes: bytes } = await ask<Preview>(`snapshot delete ${act.snapshot} --preview`);
        promised = { bytes, before: await storedBytes() };
        return undefined;
      }
      case 'kept':
        return kept();
    }
  };
}

/** The tour's own server is meant, whatever else is set up here. */
export function withoutVarve(environment: TourParts['environment']): TourParts['environment'] {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('VARVE_')));
}

const stopped = (why: string): StartError => new StartError(`The tour stopped: ${why}`);

const grouped = (bytes: number): string => bytes.toLocaleString('en-US');
