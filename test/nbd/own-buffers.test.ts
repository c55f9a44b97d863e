import { randomBytes } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { MemoryDevice } from '../support/memory-device.ts';
import { request } from '../support/nbd-bytes.ts';
import { RawClient } from '../support/nbd-client.ts';
import { serve } from '../support/nbd-server.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const WRITE = 1;
const REPLY_BYTES = 16;
const SIZES = [1, 512, 4 * KIB, 64 * KIB, 64 * KIB - 28, 70_000, 300 * KIB, MIB, 3];
/** No two are multiples of each other, nor of what the socket reads at a time. */
const CUTS = [2053, 4099, 65_537, 200_003];

test('writes keep their bytes, however they are cut, and while they are held', async () => {
  const device = new MemoryDevice({ sizeBytes: 8 * MIB });
  device.hook = () => setTimeout(2);
  const server = await serve([device]);
  const wanted = Buffer.alloc(device.sizeBytes);
  const clients = await Promise.all([0, 1].map(() => new RawClient(server.address).enter()));
  let offset = 0;
  for (const cut of CUTS) {
    for (const client of clients) {
      const writes = SIZES.map((length) => {
        const data = randomBytes(length);
        const at = offset % (4 * MIB);
        data.copy(wanted, at);
        offset += length;
        return request({ command: WRITE, offset: at, data });
      });
      const stream = Buffer.concat(writes);
      for (let at = 0; at < stream.length; at += cut) {
        client.socket.write(stream.subarray(at, at + cut));
        await setImmediate();
      }
      await client.said(REPLY_BYTES * SIZES.length);
    }
  }
  expect(device.bytes.equals(wanted)).toBe(true);
});

test('a payload that is cut off by the end of its connection is written nowhere', async () => {
  const device = new MemoryDevice({ sizeBytes: 8 * MIB });
  const server = await serve([device]);
  const cutOff = await new RawClient(server.address).enter();
  cutOff.socket.write(request({ command: WRITE, length: 300 * KIB, data: randomBytes(100 * KIB) }));
  await setTimeout(50);
  cutOff.socket.end(randomBytes(50 * KIB));
  await cutOff.goodbye();
  const whole = randomBytes(300 * KIB);
  const client = await new RawClient(server.address).enter();
  client.socket.write(request({ command: WRITE, data: whole }));
  await client.said(REPLY_BYTES);
  expect(device.calls).toEqual([`write 0+${whole.length}`]);
  expect(device.bytes.subarray(0, whole.length).equals(whole)).toBe(true);
});
