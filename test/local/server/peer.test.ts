import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { peerOf } from '../../../src/local/server/peer.ts';

const ENDS = { localAddress: '127.0.0.1', localPort: 4100, remoteAddress: '127.0.0.1', remotePort: 50_000 };
const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1004 0100007F:C350 01 00000000:00000000 00:00000000 00000000   999        0 1 1
   1: 0100007F:C350 0100007F:1004 01 00000000:00000000 00:00000000 00000000  1000        0 2 1
`;

test('the owner of the other end is told, not that of this one', () => {
  expect(peerOf(ENDS, () => TABLE)).toBe('uid 1000');
});

test('of connections from elsewhere, and of those that are not listed, nothing is known', () => {
  expect(peerOf({ ...ENDS, remotePort: 50_001 }, () => TABLE)).toBeUndefined();
  expect(peerOf({ ...ENDS, remoteAddress: '192.0.2.1' }, () => TABLE)).toBeUndefined();
  expect(peerOf({ ...ENDS, localAddress: undefined }, () => TABLE)).toBeUndefined();
  expect(peerOf(ENDS, () => '')).toBeUndefined();
});

test.runIf(process.platform === 'linux')('of this process it is this user', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  expect(peerOf(socket)).toBe(`uid ${process.getuid?.()}`);
  client.destroy();
  server.close();
});
