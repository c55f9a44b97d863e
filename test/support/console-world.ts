import { randomBytes } from 'node:crypto';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { sweepWatch } from '../../src/service/watch/sweep.ts';
import { sweepOverviews } from '../../src/service/watch/sweep-overview.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from './api.ts';
import { writeBlocks } from './blocks.ts';
import { createImage, createInstance, stop } from './instances.ts';
import { createDisk, createSnapshot, deleteSnapshots, GIB } from './operations.ts';
import { applyPolicy, createPolicy } from './policies.ts';
import { setObjective } from './watch.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FOREVER = Number.POSITIVE_INFINITY;

const BUSY_BYTES = 340_000;

/** An installation that looks used: nine days of a small company, with what goes wrong there. */
export interface ConsoleWorld {
  readonly api: TestApi;
  readonly account: TestAccount;
  /** With nothing in it, and the snapshot service not open yet. */
  readonly newcomer: TestAccount;
  readonly viewerKey: string;
  readonly operatorKey: string;
  /** By name. */
  readonly disks: Readonly<Record<string, string>>;
  readonly instances: Readonly<Record<string, string>>;
  /** What timer, janitor and workers do each minute. */
  round(): Promise<void>;
}

export async function createConsoleWorld(days = 9): Promise<ConsoleWorld> {
  const api = await createTestApi({ aheadMs: -days * DAY_MS });
  const account = await api.createAccount({ trashHours: 'default' });
  const round = () => roundOf(api);
  const daily = await createPolicy(account, { name: 'daily-two-weeks', hours: [1, 13], retentionDays: 14 });
  const nightly = await createPolicy(account, {
    name: 'nightly-Berlin',
    hours: [2],
    timeZone: 'Europe/Berlin',
    retentionDays: 30,
  });
  const shop = await createInstance(account, {
    name: 'shop-1',
    systemDisk: { name: 'shop-system', sizeBytes: 40 * GIB, policyId: nightly.id },
    dataDisks: [
      { name: 'shop-orders', sizeBytes: 200 * GIB, policyId: daily.id },
      { name: 'shop-images', sizeBytes: 2048 * GIB, policyId: daily.id },
    ],
  });
  const mail = await createInstance(account, {
    name: 'mail',
    systemDisk: { name: 'mail-system', sizeBytes: 20 * GIB },
    dataDisks: [{ name: 'mail-boxes', sizeBytes: 500 * GIB }],
  });
  const archive = await createDisk(account, { name: 'archive-2025', sizeBytes: 65_536 * GIB });
  const scratch = await createDisk(account, { name: '构建缓存 build cache', sizeBytes: 100 * GIB });
  await createDisk(account, { name: 'local-swap', sizeBytes: 8 * GIB, category: 'LOCAL' });
  const all = await account.call('{ disks(first: 100) { nodes { id name } } }');
  const disks = Object.fromEntries(all.disks.nodes.map(({ id, name }: Told) => [name, id])) as Record<string, string>;
  await setObjective(account, { diskId: disks['mail-boxes'], hours: 24 });
  await setObjective(account, { diskId: scratch.id, exempt: true });
  const versions: Record<string, number> = {};
  const write = async (name: string, blocks: Record<number, Buffer | null>) => {
    versions[name] = await writeBlocks(account, disks[name] ?? '', versions[name] ?? 0, blocks);
  };
  for (let day = 0; day < days; day++) {
    for (const name of ['shop-system', 'shop-orders', 'mail-boxes']) {
      await write(name, { [day % 7]: busyBlock(`${name} ${day}`), [8 + day]: busyBlock(`${name} more ${day}`) });
    }
    if (day % 5 === 0)
      await write('archive-2025', { [day * 4_000_000]: busyBlock(`archive ${day}`), [day]: busyBlock('same') });
    if (day % 6 === 1)
      await createSnapshot(account, disks['mail-boxes'] ?? '', {
        name: `before-update-${day}`,
        description: 'By hand, before the update',
      });
    await passDay(api, round);
  }
  const base = await createSnapshot(account, disks['shop-system'] ?? '', { name: 'golden-base' });
  await createImage(account, base.id, { name: 'shop-golden' });
  await createDisk(account, { name: 'staging-system', snapshotId: base.id, sizeBytes: 40 * GIB });
  const gone = await createSnapshot(account, archive.id, { name: 'archive-first' });
  await deleteSnapshots(account, [gone.id]);
  await stop(account, mail.id);
  await applyPolicy(account, daily.id, disks['staging-system'] ?? scratch.id);
  await round();
  return {
    api,
    account,
    newcomer: await api.createAccount({ open: false, trashHours: 'default' }),
    viewerKey: await account.createKey('VIEWER'),
    operatorKey: await account.createKey('OPERATOR'),
    disks,
    instances: { 'shop-1': shop.id, mail: mail.id },
    round,
  };
}

/** When somebody looks: just after each slot, and now and then. */
const ROUND_HOURS = [1.02, 2.02, 7, 13.02, 19] as const;

/** Nothing else has it; a third of it compresses to nothing. */
function busyBlock(text: string): Buffer {
  return Buffer.concat([randomBytes(BUSY_BYTES), Buffer.alloc(BLOCK_BYTES - BUSY_BYTES, text)]);
}

/** To the same time of the next day. */
async function passDay(api: TestApi, round: () => Promise<void>): Promise<void> {
  const begin = api.clock.now();
  const midnight = Math.floor(begin / DAY_MS) * DAY_MS;
  const times = [0, DAY_MS]
    .flatMap((day) => ROUND_HOURS.map((hour) => midnight + day + hour * HOUR_MS))
    .filter((time) => time > begin && time < begin + DAY_MS);
  for (const time of [...times, begin + DAY_MS]) {
    api.clock.advance(time - api.clock.now());
    await round();
  }
}

async function roundOf(api: TestApi): Promise<void> {
  const messages: WorkMessage[] = [];
  const service = {
    ...api.service,
    queue: { send: async (more: readonly WorkMessage[]) => void messages.push(...more) },
  };
  await tick(service, FOREVER);
  for (const message of messages) {
    if (message.kind === 'slot') await runSlot({ service, report: () => undefined }, message, FOREVER);
  }
  await sweepSamples(service, FOREVER);
  await api.settle();
  await sweepWatch(service, FOREVER);
  await sweepOverviews(service, FOREVER);
}
