import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness } from '../support/attach.ts';
import { readBlocks } from '../support/blocks.ts';
import { request } from '../support/nbd-bytes.ts';
import { RawClient } from '../support/nbd-client.ts';
import { serve } from '../support/nbd-server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const [WRITE, FLUSH, ZEROES] = [1, 3, 6];
const [NO_HOLE, FAST_ZERO] = [2, 16];
const SIMPLE_REPLY_BYTES = 16;
/** In the middle of the first block, all of the second, and the beginning of the third. */
const [OFFSET, LENGTH] = [BLOCK_BYTES / 2, 2 * BLOCK_BYTES];

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

it.each([
  ['no flag', 0],
  ['NO_HOLE', NO_HOLE],
  ['NO_HOLE and FAST_ZERO', NO_HOLE | FAST_ZERO],
])(
  '9.4: WRITE_ZEROES with %s reaches the committed disk: zeros where it said, and holes for whole blocks',
  async (_, flags) => {
    const id = await harness.createDisk();
    const { device } = await harness.attach(id);
    const { address } = await serve([device]);
    const client = await new RawClient(address).enter(device.name);
    const ask = async (fields: Parameters<typeof request>[0]) => {
      client.socket.write(request(fields));
      return (await client.said(SIMPLE_REPLY_BYTES)).chunk().type;
    };
    const data = Buffer.alloc(3 * BLOCK_BYTES, 'x');
    expect(await ask({ command: WRITE, data })).toBe(0);
    expect(await ask({ command: FLUSH })).toBe(0);
    expect(await ask({ command: ZEROES, flags, offset: OFFSET, length: LENGTH })).toBe(0);
    expect(await ask({ command: FLUSH })).toBe(0);
    client.socket.destroy();
    await device.close();

    const there = await readBlocks(harness.account, id);
    expect(Object.keys(there)).toEqual(['0', '2']);
    const { device: again } = await harness.attach(id, { readOnly: true });
    const { chunks, release } = await again.read(0, data.length, new AbortController().signal);
    const expected = Buffer.from(data).fill(0, OFFSET, OFFSET + LENGTH);
    expect(Buffer.concat(chunks).equals(expected)).toBe(true);
    release();
    await again.close();
  },
);

it('9.4: WRITE_ZEROES to a disk that may not be written is refused, and changes nothing', async () => {
  const id = await harness.createDisk();
  const { device } = await harness.attach(id, { readOnly: true });
  const { address } = await serve([device]);
  const client = await new RawClient(address).enter(device.name);
  client.socket.write(request({ command: ZEROES, flags: NO_HOLE, length: BLOCK_BYTES }));
  expect((await client.said(SIMPLE_REPLY_BYTES)).chunk().type).toBe(1); // EPERM
  client.socket.destroy();
  await device.close();
});
