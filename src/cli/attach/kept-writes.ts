import { join } from 'node:path';
import { ClientError } from '../../client/errors.ts';
import type { OpenedDevice } from './open-device.ts';
import type { Places } from './places.ts';
import type { Source } from './source.ts';

interface Closing {
  readonly opened: OpenedDevice;
  readonly source: Source;
  readonly places: Places;
}

/**
 * Commits everything and ends the attachment. Throws `AttachFailed`, which says what becomes of
 * writes that could not be committed.
 */
export async function closeDevice(closing: Closing): Promise<void> {
  try {
    await closing.opened.device.close();
  } catch (error) {
    const { id } = closing.source;
    const why = (error as Error).message.replace(/\.$/, '');
    throw new ClientError('AttachFailed', [`${why}.`, ...whereKept(closing)].join(' '), { sourceId: id }, error);
  }
}

function whereKept({ opened, source: { id }, places }: Closing): string[] {
  const { access, status, setAside } = opened;
  if (access !== 'READ_WRITE') return [];
  const aside = setAside();
  if (aside !== undefined) return [`What was not committed is in ${aside}. docs/attach.md says what to do with it.`];
  if (status().fault !== null) return [];
  return [`The journal in ${join(places.journals, id)} keeps it, and the next varve attach ${id} here commits it.`];
}
