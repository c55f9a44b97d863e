import { addressFilter } from '../../src/platform/address-filter.ts';
import { createOutgoing } from '../../src/platform/outgoing/https.ts';

/** To receivers on this machine, without TLS. */
export const TEST_OUTGOING = createOutgoing({
  addresses: addressFilter(['127.0.0.0/8']),
  allowHttp: true,
  sendMs: 2_000,
});
