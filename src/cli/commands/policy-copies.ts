import type { Policy, PolicyRun } from '../../client/service/policies.ts';
import type { Input, OptionSpec } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const NEVER_ENDS = 'forever';

export const COPY_TO_OPTION: OptionSpec = {
  name: 'copy-to',
  takes: 'text',
  value: 'REGION:DAYS',
  summary: 'Copy its snapshots to this region, for 1–65536 days or forever. Up to 3 times.',
  repeated: true,
};

export const NO_COPIES_OPTION: OptionSpec = {
  name: 'no-copies',
  takes: 'nothing',
  summary: 'Copy its snapshots nowhere from now on.',
};

/** Days, or null for ever. */
export function retention(text: string | undefined, path: string, option = 'retention'): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === NEVER_ENDS) return null;
  if (!/^\d{1,9}$/.test(text))
    throw new UsageError(`--${option} '${text}' must be a number of days, or ${NEVER_ENDS}.`, path);
  return Number(text);
}

/** All regions that a policy is to copy to; undefined: as they are. */
export function changedTargets(input: Input, path: string) {
  const given = copyTargets(input, path);
  if (!input.has('no-copies')) return given;
  if (given !== undefined) throw new UsageError('Give --copy-to or --no-copies, not both.', path);
  return [];
}

export function copyTargets(input: Input, path: string) {
  const given = input.texts('copy-to');
  if (given.length === 0) return undefined;
  return given.map((text) => {
    const [, region = '', days] = /^([^:]+)(?::([^:]+))?$/.exec(text) ?? [];
    const form = 'a region and days, such as north:30';
    if (region === '') throw new UsageError(`--copy-to '${text}' must be ${form}.`, path);
    return { region, retentionDays: retention(days, path, 'copy-to') };
  });
}

export const kept = (retentionDays: number | null) => (retentionDays === null ? 'for ever' : `${retentionDays} d`);

export function targetsText(targets: Policy['copyTargets']): string | undefined {
  if (targets.length === 0) return undefined;
  return targets.map(({ region, retentionDays }) => `${region} (kept ${kept(retentionDays)})`).join(', ');
}

/** What a run reports of one copy: `north: DONE s-…`, or why not. */
export function copyText({ region, status, snapshotId, problem }: PolicyRun['copies'][number]): string {
  const why = problem === null ? '' : `${problem.code}: ${problem.message}`;
  return [`${region}:`, status, snapshotId ?? '', why].filter((word) => word !== '').join(' ');
}
