import { type NodeRow, nodeEntity } from '../../src/engine/books/rows.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { meter } from '../../src/service/capacity/meter.ts';
import { sampleEntity } from '../../src/service/model/capacity/rows.ts';
import { type ChainRow, chainEntity } from '../../src/service/model/chains/rows.ts';
import { type DiskRow, diskEntity } from '../../src/service/model/disks/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService } from './memory-service.ts';

export const HOUR_MS = 3600_000;
export const DAY_MS = 24 * HOUR_MS;
export const PLACE = { accountId: MEMORY_ACCOUNT, region: MEMORY_REGION };

/** A chain as far as metering looks at it. */
export interface Chain {
  readonly id: string;
  readonly own: number;
  readonly team?: string;
}

export interface Metering {
  readonly harness: EngineHarness;
  readonly service: Service;
  /** From now on these are the chains. */
  hold(chains: readonly Chain[]): Promise<void>;
  /** The sample of the region of this hour, and those of its chains. */
  sample(hour: number, storedBytes: number, on?: Service): Promise<void>;
}

/** Rows of chains without the service behind them: histories of months in milliseconds. */
export function createMetering(at: number): Metering {
  const harness = createEngineHarness(5);
  harness.clock.at = at;
  const service = memoryService(harness.deps);
  const put1 = async (write: ReturnType<typeof put>) => void (await service.catalogue.transact([write]));
  return {
    harness,
    service,
    hold: async (chains) => {
      for (const { id, own, team } of chains) {
        const of = { ...PLACE, id, regionId: MEMORY_REGION, chainId: id, createdAt: isoTime(at) };
        await put1(put(chainEntity, of as unknown as ChainRow, 'any'));
        await put1(put(nodeEntity, { ...of, kind: 'HEAD', hidden: false, ownBytes: own } as unknown as NodeRow, 'any'));
        const tags = team === undefined ? [] : [{ key: 'team', value: team }];
        await put1(put(diskEntity, { ...of, tags, name: id } as unknown as DiskRow, 'any'));
      }
    },
    sample: async (hour, storedBytes, on = service) => {
      harness.clock.at = hour + 1000;
      const row = { ...PLACE, hour: isoTime(hour), at: isoTime(hour), storedBytes };
      const bytes = { logicalBytes: 0, deduplicatedBytes: 0, waitingBytes: 0, forgetAt: 0 };
      await put1(put(sampleEntity, { ...row, ...bytes }));
      while (!(await meter(on, PLACE, isoTime(hour), () => false)));
    },
  };
}
