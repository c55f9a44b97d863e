import { BlockList, isIP, isIPv4 } from 'node:net';

/** Which addresses may be connected to. */
export interface AddressFilter {
  allows(address: string): boolean;
}

/** Not on the internet, by the registries of IANA for special purposes. */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10', // shared by customers of a provider
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local, with the metadata of clouds
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4', // with broadcast
];

/** Of 2000::/3: outside of it nothing is on the internet. */
const NOT_PUBLIC_6 = [
  '2001::/23', // protocols, with Teredo, which holds an IPv4 address
  '2001:db8::/32',
  '2002::/16', // 6to4, likewise
  '2620:4f:8000::/48',
  '3fff::/20',
];

const PUBLIC_6 = listOf(['2000::/3']);
const REFUSED_4 = listOf(NOT_PUBLIC_4);
const REFUSED_6 = listOf(NOT_PUBLIC_6);

/**
 * The internet, and what the operator has opened besides: addresses, or blocks such as
 * `10.1.0.0/16`. Throws for text that is neither.
 */
export function addressFilter(opened: readonly string[]): AddressFilter {
  const allowed = listOf(opened);
  return {
    allows: (text) => {
      const address = plain(text);
      if (isIP(address) === 0) return false;
      const family = isIPv4(address) ? 'ipv4' : 'ipv6';
      if (allowed.check(address, family)) return true;
      if (family === 'ipv4') return !REFUSED_4.check(address, family);
      return PUBLIC_6.check(address, family) && !REFUSED_6.check(address, family);
    },
  };
}

/** Whether `addressFilter` takes it. */
export function isAddressBlock(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    if (!isAddressBlock(block)) throw new Error(`no address: ${block}`);
    const [address = '', bits] = block.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Without a zone; an IPv4 address that is written as IPv6 is the IPv4 address. */
function plain(text: string): string {
  const [address = ''] = text.split('%');
  const mapped = mappedIpv4(address);
  return mapped ?? address;
}

const MAPPED = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/;

function mappedIpv4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  // The one way of writing it that URLs have, whatever way was taken.
  const [, dotted, high, low] = MAPPED.exec(new URL(`http://[${address}]`).hostname.slice(1, -1)) ?? [];
  if (dotted !== undefined) return dotted;
  if (high === undefined || low === undefined) return undefined;
  const [h, l] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [h >> 8, h & 255, l >> 8, l & 255].join('.');
}
