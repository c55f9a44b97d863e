import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { createFileKeys } from '../../src/platform/keys/file.ts';
import type { KeyService } from '../../src/platform/keys/port.ts';
import { runCopy } from '../../src/service/copies/run.ts';
import { sweepDrafts } from '../../src/service/datapath/discard.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { copyEntity } from '../../src/service/model/copies/rows.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { scrubEntity } from '../../src/service/model/scrubs/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import { sweepTrash } from '../../src/service/trash/sweep.ts';
import { type EngineHarness, forkHarness } from './engine-harness.ts';
import { type Fault, injectFault } from './fault-injector.ts';
import { MEMORY_KEY, memoryService } from './memory-service.ts';
import { faultsAfterRecovery, outlastGrace, recover } from './recovery.ts';
import { useCaseScene, userView } from './use-case-scene.ts';
import { DONE, FOREVER, OTHER_KEY, type ServiceProcess, type UseCase } from './use-cases.ts';

const HOUR_MS = 3_600_000;

/** A use case without any fault: the calls that it makes by name, and what users see in the end. */
export interface WholeCourse {
  readonly error: unknown;
  readonly faults: readonly string[];
  readonly calls: readonly string[];
  readonly view: unknown;
}

/** The same with one fault. */
export interface StruckCourse {
  /** Whether the fault happened: one that never does proves nothing. */
  readonly reached: boolean;
  readonly faults: readonly string[];
  readonly view: unknown;
}

/** Where use cases are played: the scene of `useCaseScene`, from which each course begins again. */
export interface Stage {
  readonly scene: EngineHarness;
  /** The scene after what has to come before the use case. */
  begin(useCase: UseCase): Promise<EngineHarness>;
  playWhole(useCase: UseCase, start: EngineHarness): Promise<WholeCourse>;
  /** With this fault at the call of this number. */
  playStruck(
    useCase: UseCase,
    start: EngineHarness,
    blow: { readonly at: number; readonly fault: Fault },
  ): Promise<StruckCourse>;
  close(): void;
}

export async function createStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'varve-keys-'));
  const keys = fileKeys(join(folder, 'keys.json'));
  const { harness: scene, ids } = await useCaseScene(keys);

  const processOf = (harness: EngineHarness, deps: EngineDeps, port: KeyService): ServiceProcess => {
    const made = (name: string) =>
      [...harness.catalogue.rows(instanceEntity), ...harness.catalogue.rows(snapshotEntity)].find(
        (row) => row.name === name,
      )?.id;
    return {
      service: memoryService(deps, port),
      deps,
      id: (name) => ids.get(name) ?? made(name) ?? '',
      passHours: (hours) => {
        harness.clock.at += hours * HOUR_MS;
      },
    };
  };

  /**
   * The client asks again if it heard of no success, messages are delivered twice, and the janitor
   * comes by.
   */
  const recoverUseCase = async (harness: EngineHarness, { run }: UseCase, succeeded: boolean): Promise<string[]> => {
    const process = processOf(harness, harness.deps, keys);
    if (!succeeded) await run(process).catch(unlessDone);
    harness.clock.at += HOUR_MS;
    await sweepInstances(process.service, FOREVER);
    harness.clock.at += 25 * HOUR_MS;
    await sweepDrafts(process.service, FOREVER);
    await sweepTrash(process.service, FOREVER);
    for (const { accountId, id } of harness.catalogue.rows(scrubEntity))
      await runScrub({ service: process.service, engine: harness.deps }, { accountId, id }, FOREVER);
    for (const copy of harness.catalogue.rows(copyEntity)) await runCopy(process.service, copy, FOREVER);
    keepEntries(harness);
    return faultsAfterRecovery(harness);
  };

  return {
    scene,
    begin: async (useCase) => {
      const start = forkHarness(scene, 1);
      await useCase.first?.(processOf(start, start.deps, keys));
      return start;
    },
    playWhole: async (useCase, start) => {
      const harness = forkHarness(start, 2);
      const { run, inFrontOf, calls } = injectFault(harness.deps);
      const { error } = await run((deps) => useCase.run(processOf(harness, deps, inFrontOf('keys', keys))));
      return { error, faults: await recoverUseCase(harness, useCase, true), calls, view: viewOf(useCase, harness) };
    },
    playStruck: async (useCase, start, { at, fault }) => {
      const harness = forkHarness(start, 100 + at);
      const injected = injectFault(harness.deps, { at, fault, meanwhile: () => worldGoesOn(harness) });
      const faultyKeys = injected.inFrontOf('keys', keys);
      const { error, killed } = await injected.run((deps) => useCase.run(processOf(harness, deps, faultyKeys)));
      const faults = await recoverUseCase(harness, useCase, error === undefined && !killed);
      return { reached: injected.reached(), faults, view: viewOf(useCase, harness) };
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

function fileKeys(path: string): KeyService {
  const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
  const file = { version: 1, keys: { [MEMORY_KEY]: key(1), [OTHER_KEY]: key(2) } };
  writeFileSync(path, JSON.stringify(file), { mode: 0o600 });
  return createFileKeys({ path });
}

function unlessDone(error: unknown): void {
  if (!(error instanceof VarveError && DONE.has(error.code))) throw error;
}

/** Of all messages those that the engine's own recovery knows how to deliver. */
function keepEntries({ messages }: EngineHarness): void {
  messages.splice(0, messages.length, ...messages.filter(({ kind }) => kind === 'entry'));
}

async function worldGoesOn(harness: EngineHarness): Promise<void> {
  keepEntries(harness);
  await recover(harness);
  await outlastGrace(harness);
}

/** What users see; without what tells how often, of a use case that may be done twice. */
function viewOf({ repeats }: UseCase, harness: EngineHarness): unknown {
  const view = userView(harness);
  if (repeats !== true) return view;
  const { jobs, disks } = view;
  return { ...view, jobs: [...new Set(jobs)], disks: disks?.map((text) => text.replace(/ v\d+ /, ' ')) };
}
