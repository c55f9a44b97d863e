import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BenchError } from './bench-error.ts';
import type { BenchRun } from './bench-run.ts';
import { Ending } from './ending.ts';
import { Figures } from './figures.ts';
import { type FilesystemImages, type ImageSet, prepareFilesystems, prepareImages } from './images/image-set.ts';
import { measure } from './measure.ts';
import { type Options, parseOptions } from './options.ts';
import { resticVersion } from './peers/restic.ts';
import { createRun } from './process/program.ts';
import { describeMachine } from './report/machine.ts';
import { requestsText, sectionsText } from './report/print.ts';
import { sections } from './report/sections.ts';
import { buildCli } from './varve/build-cli.ts';

const ending = new Ending();
try {
  await bench(parseOptions(process.argv.slice(2), process.cwd()));
} catch (error) {
  if (ending.signal.aborted) process.exitCode = 130;
  else if (error instanceof BenchError) console.error(error.message);
  else console.error(error);
  process.exitCode ??= 1;
} finally {
  await ending.run();
}

async function bench(options: Options): Promise<void> {
  const began = performance.now();
  const say = (line: string) =>
    console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  const run = createRun(ending.signal);
  const workDir = temporaryFolder(tmpdir());
  const place = { folder: options.imagesDir ?? workDir, work: workDir };
  let filesystems: Promise<FilesystemImages> | undefined;
  let images: Promise<ImageSet> | undefined;
  const makeFilesystems = () => {
    say('images');
    return prepareFilesystems(place, options.sizes, run);
  };
  const filesystemsOnce = () => (filesystems ??= makeFilesystems());
  const makeImages = async () => prepareImages(place, options.sizes, await filesystemsOnce());
  await buildCli(run);
  const figures = new Figures();
  const given: BenchRun = {
    sizes: options.sizes,
    images: () => (images ??= makeImages()),
    filesystems: filesystemsOnce,
    dataDir: temporaryFolder(options.dataDir),
    workDir,
    figures,
    ending,
    run,
    say,
  };
  let failure: unknown;
  const requests = await measure(given, options.parts).catch((error: unknown) => {
    failure = error;
    return {};
  });
  const result = {
    at: new Date().toISOString(),
    machine: { ...describeMachine(), restic: await resticVersion(run) },
    sizes: options.sizes,
  };
  const report = sections(figures, options.sizes);
  mkdirSync(dirname(options.json), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify({ ...result, report, requests, figures }, null, 1)}\n`);
  console.log(`${JSON.stringify(result.machine)}\n\n${sectionsText(report)}`);
  if (Object.keys(requests).length > 0) console.log(`\n${requestsText(requests)}`);
  // What was measured before it counts all the same.
  if (failure !== undefined) throw failure as Error;
}

function temporaryFolder(parent: string): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'varve-bench-'));
  ending.removeFolder(folder);
  return folder;
}
