import type { ObjectsElsewhere } from '../../folder/marker.ts';
import { StartError } from '../../start-error.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Whether the bucket of an installation can be used by this process, and is still its own. */
export async function bucketFinding({ at, id }: ObjectsElsewhere): Promise<Finding> {
  const { addressOf } = await import('../../elsewhere/choose-place.ts');
  const { findBucket, requireOwn } = await import('../../elsewhere/open-bucket.ts');
  try {
    const bucket = await findBucket(addressOf(at, {}));
    await requireOwn(bucket, id);
    const [clock] = bucket.warnings;
    return clock === undefined
      ? ok('objects', `The objects are in ${at}, which answers as it should.`)
      : warning('objects', clock, 'Switch a time service on, such as systemd-timesyncd or chrony.');
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return problem('objects', error.message, 'Until then nothing can be read or written.');
  }
}
