import { BAD_TOKENS, missingIds, names, type Row, singleTags, tags } from './bad-values.ts';

export interface MachineIds {
  readonly diskId: string;
  readonly snapshotId: string;
  readonly instanceId: string;
  readonly imageId: string;
}

const disks = [{}, null, 5, { sizeBytes: 0 }, { sizeBytes: 1024, name: '1' }, { sizeBytes: 1024, category: 'FAST' }];
const descriptions = ['', 'x', 'https://x', 'x'.repeat(257), 5];
const accounts = [[], Array.from({ length: 65 }, (_, at) => `a-${at}`), [''], [null], null];
const nobody = ['a-00000000000000000001'];

/** Of operations on instances and images, and of scrubs. */
export function machineRows(ids: () => MachineIds): readonly Row[] {
  return [
    [
      'startScrub',
      () => ({}),
      {
        region: ['', 'nowhere', 5],
        targetId: missingIds,
        chainId: missingIds,
        keyId: ['', 'x'.repeat(257), 'a\u0000b', 5],
        samplePercent: [0, -1, 100.5, 1e300, 'all', null],
        repair: [null, 'yes'],
        clientToken: BAD_TOKENS,
      },
    ],
    ['cancelScrub', () => ({ scrubId: 'sc-00000000000000000000' }), { scrubId: missingIds }],
    [
      'createInstance',
      () => ({ systemDisk: { sizeBytes: 1024 } }),
      {
        region: ['', 'nowhere', 5],
        name: names,
        systemDisk: disks,
        dataDisks: [
          ...disks.filter((disk) => disk !== null).map((disk) => [disk]),
          Array.from({ length: 17 }, () => ({ sizeBytes: 1024 })),
          null,
        ],
        start: [null, 'yes'],
        deletionProtection: [null, 1],
        tags: [...tags, null],
        clientToken: BAD_TOKENS,
      },
    ],
    [
      'updateInstance',
      () => ({ instanceId: ids().instanceId }),
      { instanceId: missingIds, name: names, deletionProtection: ['yes'], tags, ...singleTags },
    ],
    ['startInstance', () => ({ instanceId: ids().instanceId }), { instanceId: missingIds }],
    ['stopInstance', () => ({ instanceId: ids().instanceId }), { instanceId: missingIds }],
    ['releaseInstance', () => ({ instanceId: ids().instanceId }), { instanceId: missingIds }],
    [
      'replaceSystemDisk',
      () => ({ instanceId: ids().instanceId, systemDisk: { sizeBytes: 1024 } }),
      { instanceId: missingIds, systemDisk: disks, clientToken: BAD_TOKENS },
    ],
    [
      'attachDisk',
      () => ({ diskId: ids().diskId, instanceId: ids().instanceId }),
      { diskId: missingIds, instanceId: missingIds },
    ],
    [
      'detachDisk',
      () => ({ diskId: ids().diskId, instanceId: ids().instanceId }),
      { diskId: missingIds, instanceId: missingIds, breakLease: [null, 'yes'] },
    ],
    [
      'reinitializeDisk',
      () => ({ diskId: ids().diskId }),
      { diskId: missingIds, startInstance: [null, 'yes'], breakLease: [null, 'yes'] },
    ],
    [
      'createImage',
      () => ({ snapshotId: ids().snapshotId }),
      {
        snapshotId: missingIds,
        name: names,
        description: descriptions,
        tags: [...tags, null],
        clientToken: BAD_TOKENS,
      },
    ],
    [
      'updateImage',
      () => ({ imageId: ids().imageId }),
      { imageId: missingIds, name: names, description: descriptions, tags, ...singleTags },
    ],
    ['deleteImage', () => ({ imageId: ids().imageId }), { imageId: missingIds }],
    [
      'shareImage',
      () => ({ imageId: ids().imageId, accountIds: ['a-00000000000000000000'] }),
      { imageId: missingIds, accountIds: [...accounts, nobody] },
    ],
    [
      'unshareImage',
      () => ({ imageId: ids().imageId, accountIds: ['a-00000000000000000000'] }),
      { imageId: missingIds, accountIds: accounts },
    ],
  ];
}
