import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFilter, isAddressBlock } from '../../src/platform/address-filter.ts';
import { createOutgoing, type Resolve } from '../../src/platform/outgoing/https.ts';
import { BEHAVIOURS, startReceiver } from '../support/receiver.ts';

const internet = addressFilter([]);
const LOCAL = addressFilter(['127.0.0.0/8']);

const names =
  (...addresses: string[]): Resolve =>
  (_, __, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('8.5: which addresses webhooks may be sent to', () => {
  test.each([
    ['loopback', '127.0.0.1'],
    ['all of loopback', '127.255.255.254'],
    ['this host', '0.0.0.0'],
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['link-local, metadata of clouds', '169.254.169.254'],
    ['shared by customers of a provider', '100.64.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['for documents', '203.0.113.7'],
    ['for measurements', '198.19.255.255'],
    ['loopback of IPv6', '::1'],
    ['unspecified', '::'],
    ['unique-local', 'fd00::1'],
    ['metadata of AWS by IPv6', 'fd00:ec2::254'],
    ['link-local of IPv6', 'fe80::1'],
    ['link-local with its zone', 'fe80::1%eth0'],
    ['multicast of IPv6', 'ff02::1'],
    ['IPv4 written as IPv6', '::ffff:127.0.0.1'],
    ['IPv4 written as IPv6, in hex', '::ffff:7f00:1'],
    ['IPv4 written as IPv6, in full', '0:0:0:0:0:ffff:a9fe:a9fe'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('8.5: %s is refused: %s', (_, address) => {
    expect(internet.allows(address)).toBe(false);
  });

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '::ffff:8.8.8.8', '2606:4700::1111', '2a00:1450:4001::1'])(
    '8.5: the internet is not refused: %s',
    (address) => expect(internet.allows(address)).toBe(true),
  );

  test('8.5: an IPv4 address is judged the same however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const hex = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
        const mapped = `::ffff:${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
        expect(internet.allows(mapped)).toBe(internet.allows(address));
        expect(internet.allows(`::ffff:${address}`)).toBe(internet.allows(address));
      }),
    );
  });

  test('8.5: what the operator opens is allowed, and no more', () => {
    const filter = addressFilter(['10.1.0.0/16', 'fd00::5']);
    const allowed = ['10.1.255.255', '::ffff:10.1.0.1', 'fd00::5', '10.2.0.1', 'fd00::6', '127.0.0.1'];
    expect(allowed.map((address) => filter.allows(address))).toEqual([true, true, true, false, false, false]);
  });

  test.each(['10.0.0.0/33', '10.0.0/8', 'example.com', '10.0.0.0/8/8', '::/129', ''])('8.5: %j is no block', (text) =>
    expect(isAddressBlock(text)).toBe(false),
  );
});

describe('8.5: where a request goes', () => {
  const request = (url: string) => ({ url, headers: {}, body: '{}' });

  test('8.5: a name that points to this machine is refused when it is connected to', async () => {
    const receiver = await startReceiver();
    const url = receiver.url.replace('127.0.0.1', 'rebound.example');
    const resolve = names('127.0.0.1');
    const refused = await createOutgoing({ addresses: internet, allowHttp: true, resolve }).post(request(url));
    const opened = await createOutgoing({ addresses: LOCAL, allowHttp: true, resolve }).post(request(url));
    await receiver.close();
    expect(refused).toEqual({ error: 'the address is not allowed' });
    expect([opened, receiver.received.length]).toEqual([{ status: 204 }, 1]);
  });

  test('8.5: a name with one good and one bad address is refused', async () => {
    const resolve = names('8.8.8.8', '::ffff:127.0.0.1');
    const outgoing = createOutgoing({ addresses: internet, allowHttp: true, resolve });
    expect(await outgoing.post(request('http://two.example:1/'))).toEqual({ error: 'the address is not allowed' });
  });

  test('8.5: a name is looked up once for each request, so it cannot point elsewhere by then', async () => {
    const receiver = await startReceiver();
    let asked = 0;
    const resolve: Resolve = (name, options, done) => {
      asked += 1;
      names(asked === 1 ? '127.0.0.1' : '10.0.0.1')(name, options, done);
    };
    const outgoing = createOutgoing({ addresses: LOCAL, allowHttp: true, resolve });
    const answer = await outgoing.post(request(receiver.url.replace('127.0.0.1', 'turning.example')));
    await receiver.close();
    expect([answer, asked]).toEqual([{ status: 204 }, 1]);
  });

  test.each([
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
  ])('8.5: an address is refused however it is written: %s', (url) => {
    const outgoing = createOutgoing({ addresses: internet, allowHttp: true });
    expect(outgoing.whyRefused(url)).toBe('the address is not allowed');
  });

  test('8.5: nothing is sent without TLS unless the operator allows it', async () => {
    const outgoing = createOutgoing({ addresses: LOCAL, allowHttp: false });
    expect(await outgoing.post(request('http://127.0.0.1:1/'))).toEqual({ error: 'it does not begin with https://' });
  });

  test('8.5: a receiver that never answers is left after the time for it', async () => {
    const receiver = await startReceiver();
    receiver.behave(BEHAVIOURS.neverAnswers);
    const outgoing = createOutgoing({ addresses: LOCAL, allowHttp: true, sendMs: 200 });
    const answer = await outgoing.post(request(receiver.url));
    await receiver.close();
    expect(answer).toEqual({ error: 'no answer within 0.2 s' });
  });

  test('8.5: a redirect is an answer, and is not followed', async () => {
    const receiver = await startReceiver();
    receiver.behave(BEHAVIOURS.redirects);
    const answer = await createOutgoing({ addresses: LOCAL, allowHttp: true }).post(request(receiver.url));
    await receiver.close();
    expect([answer, receiver.received.length]).toEqual([{ status: 302 }, 1]);
  });
});
