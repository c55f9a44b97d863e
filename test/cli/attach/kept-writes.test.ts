import { expect, it } from 'vitest';
import { closeDevice } from '../../../src/cli/attach/kept-writes.ts';
import type { OpenedDevice } from '../../../src/cli/attach/open-device.ts';
import { findPlaces } from '../../../src/cli/attach/places.ts';
import { MemoryDevice } from '../../support/memory-device.ts';

class FailingDevice extends MemoryDevice {
  override close(): Promise<void> {
    return Promise.reject(new Error('What was written is not committed yet: the service is away.'));
  }
}

const places = findPlaces({ VARVE_STATE_DIR: '/state' }, '/home');
const status = { version: 1, dirtyBytes: 4096, fault: null, retrying: null };

it.each<[string, Partial<OpenedDevice>, string]>([
  ['in the journal', {}, 'The journal in /state/journals/d-1 keeps it, and the next varve attach d-1 here commits it.'],
  [
    'set aside',
    { setAside: () => '/state/journals/d-1/set-aside-x', status: () => ({ ...status, fault: 'stolen' }) },
    'What was not committed is in /state/journals/d-1/set-aside-x. docs/attach.md says what to do with it.',
  ],
  ['nowhere', { status: () => ({ ...status, fault: 'stolen' }) }, ''],
  ['not there at all', { access: 'READ_ONLY' }, ''],
])('tells that what could not be committed is %s', async (_, also, where) => {
  const device = new FailingDevice({ sizeBytes: 8192 });
  const opened = { device, access: 'READ_WRITE', status: () => status, setAside: () => undefined, ...also } as const;
  const source = { kind: 'disk', id: 'd-1', name: 'data' } as Parameters<typeof closeDevice>[0]['source'];
  await expect(closeDevice({ opened, source, places })).rejects.toMatchObject({
    code: 'AttachFailed',
    message: `What was written is not committed yet: the service is away.${where && ` ${where}`}`,
    extra: { sourceId: 'd-1' },
  });
});
