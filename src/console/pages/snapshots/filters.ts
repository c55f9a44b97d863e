import type { SnapshotFilter } from '../../../generated/console-operations.ts';

/** The address's query, as people fill it in. */
export const FILTERS = ['name', 'status', 'kind', 'usage', 'disk', 'instance', 'tag'] as const;

const USAGES = {
  NONE: ['NONE'],
  DISK: ['DISK', 'IMAGE_AND_DISK'],
  IMAGE: ['IMAGE', 'IMAGE_AND_DISK'],
} as const;

const oneOf = <Value extends string>(values: readonly Value[], value: string | null): Value | undefined =>
  values.find((each) => each === value);

/** What of it is no filter, such as a state that there is not, is left out. */
export function filterOf(query: URLSearchParams): SnapshotFilter {
  const name = query.get('name');
  const status = oneOf(['PROGRESSING', 'ACCOMPLISHED', 'FAILED'] as const, query.get('status'));
  const kind = oneOf(['MANUAL', 'AUTO'] as const, query.get('kind'));
  const usage = oneOf(['NONE', 'DISK', 'IMAGE'] as const, query.get('usage'));
  const diskId = query.get('disk');
  const instanceId = query.get('instance');
  const [key = '', ...rest] = (query.get('tag') ?? '').split('=');
  return {
    ...(name && { nameContains: name }),
    ...(status && { status: [status] }),
    ...(kind && { kind }),
    ...(usage && { usage: [...USAGES[usage]] }),
    ...(diskId && { diskId }),
    ...(instanceId && { instanceId }),
    ...(key !== '' && { tags: [{ key, ...(rest.length > 0 && { values: [rest.join('=')] }) }] }),
  };
}
