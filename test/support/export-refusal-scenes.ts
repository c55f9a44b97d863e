import { MOST_RUNNING_EXPORTS } from '../../src/service/exports/create.ts';
import type { TestAccount, TestApi } from './api.ts';
import { createImage, exportImage } from './exports.ts';
import { createDisk, createSnapshot } from './operations.ts';
import type { Scenes } from './refusal-scenes.ts';

/** What exports of images are refused for. */
export function exportRefusalScenes(api: TestApi): Scenes {
  const imageOf = async (as: TestAccount, input: object = {}): Promise<string> => {
    const disk = await createDisk(as, input);
    return (await createImage(as, (await createSnapshot(as, disk.id)).id)).id;
  };
  return {
    exportImage: {
      EncryptedImageNotExportable: async () => {
        const as = await api.createAccount();
        const imageId = await imageOf(as, { encrypted: true });
        return { as, input: { imageId }, extra: { imageId } };
      },
      QuotaExceeded: async () => {
        const as = await api.createAccount();
        const imageId = await imageOf(as);
        const limit = MOST_RUNNING_EXPORTS;
        for (let made = 0; made < limit; made++) await exportImage(as, imageId);
        return { as, input: { imageId }, extra: { quota: 'RUNNING_EXPORTS', limit, used: limit } };
      },
    },
  };
}
