import { BAD_TOKENS, missingIds, names, type Row, singleTags, tags } from './bad-values.ts';

const hours = [[], [24], [-1], [1.5], ['1'], [3, 3], [null], Array.from({ length: 25 }, (_, hour) => hour)];
const weekdays = [[], [0], [8], [1, 1], [null], 'Monday'];
const timeZones = ['', 'Mars/Olympus', '+01:00', 'x'.repeat(100), '../etc', 5];
const retentions = [0, -1, 65537, 1.5, 'FOREVER'];
const copyTargets = [
  [{ region: 'nowhere' }],
  [{ region: '' }],
  [{ region: 'here' }],
  [{ region: 'there', retentionDays: 0 }],
  [{ region: 'there', retentionDays: 65537 }],
  [{ region: 'there' }, { region: 'there' }],
  Array.from({ length: 4 }, () => ({ region: 'there' })),
  [null],
  'there',
];
const diskIds = [[], Array.from({ length: 101 }, (_, at) => `d-${at}`), ['d-1', 'd-1'], [null], null];

/** Of operations on policies. */
export function policyRows(ids: () => { readonly policyId: string; readonly diskId: string }): readonly Row[] {
  return [
    [
      'createPolicy',
      () => ({ hours: [0] }),
      {
        region: ['', 'nowhere', 5],
        name: names,
        hours: [...hours, null],
        weekdays: [...weekdays, null],
        retentionDays: retentions,
        copyTargets,
        timeZone: timeZones,
        tags: [...tags, null],
        clientToken: BAD_TOKENS,
      },
    ],
    [
      'updatePolicy',
      () => ({ policyId: ids().policyId }),
      {
        policyId: missingIds,
        name: names,
        hours,
        weekdays,
        retentionDays: retentions,
        copyTargets,
        timeZone: timeZones,
        status: ['DELETED', 5],
        tags,
        ...singleTags,
      },
    ],
    ['deletePolicy', () => ({ policyId: ids().policyId }), { policyId: missingIds }],
    ['applyPolicy', () => ({ policyId: ids().policyId, diskIds: [ids().diskId] }), { policyId: missingIds, diskIds }],
    ['cancelPolicy', () => ({ diskIds: [ids().diskId] }), { diskIds }],
  ];
}
