import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isLost } from '../../src/attach/errors.ts';
import { commitByDraft } from '../../src/attach/write-back/commit-by-draft.ts';
import { createDatapath, type Datapath } from '../../src/client/service/datapath.ts';
import { createGraphql } from '../../src/client/service/graphql.ts';
import { createHttp, type Http } from '../../src/client/service/http.ts';
import { createLeases } from '../../src/client/service/leases.ts';
import { type AttachHarness, createAttachHarness, never } from '../support/attach.ts';
import { blockOf, encodeBlock, readBlocks, upload } from '../support/blocks.ts';

vi.setConfig({ testTimeout: 60_000 });

let harness: AttachHarness;
let http: Http;
beforeAll(async () => {
  harness = await createAttachHarness();
  http = createHttp(4);
});
afterAll(async () => {
  http.close();
  await harness.close();
});

function services() {
  const graphql = createGraphql({ http, endpoint: { url: harness.server.url, apiKey: harness.account.key } });
  return { datapath: createDatapath(graphql, never), leases: createLeases(graphql, never) };
}

/** Something happens before the draft's second commit, which goes to the draft that comes of it. */
function interrupted(datapath: Datapath, happens: (draftId: string) => Promise<string>): Datapath {
  let commits = 0;
  return {
    ...datapath,
    commitBlocks: async (input) => {
      commits += 1;
      const target = commits === 2 ? await happens(input.target) : input.target;
      return datapath.commitBlocks({ ...input, target });
    },
  };
}

async function change(diskId: string, texts: readonly string[]) {
  const blocks = texts.map((text) => encodeBlock(blockOf(text)));
  await upload(harness.account, diskId, blocks);
  return { writes: blocks.map(({ id }, index) => ({ index, id })), trims: [] };
}

test('9.3: an attachment that has lost the disk does not discard the draft of its successor', async () => {
  const { datapath, leases } = services();
  const diskId = await harness.createDisk();
  const take = async (steal: boolean) =>
    (await leases.acquire({ diskId, holder: 'test-host', steal, clientToken: randomUUID() })).lease.fence;
  const parts = { datapath, diskId, commitBlocks: 1, clientToken: randomUUID, signal: never };
  const stale = { ...parts, fence: await take(false) };
  const fence = await take(true);
  const late = await change(diskId, ['late', 'late']);
  const present = interrupted(datapath, async (draftId) => {
    await expect(commitByDraft(stale, 0, late)).rejects.toMatchObject({ code: 'LeaseLost' });
    return draftId;
  });
  await commitByDraft({ ...parts, datapath: present, fence }, 0, await change(diskId, ['one', 'two']));
  expect(await readBlocks(harness.account, diskId)).toEqual({ 0: 'one', 1: 'two' });
});

test('9.3: drafts that attachments with lower fences left are discarded, others are not', async () => {
  const { datapath, leases } = services();
  const diskId = await harness.createDisk();
  const { lease } = await leases.acquire({ diskId, holder: 'test-host', steal: false, clientToken: randomUUID() });
  const open = (label: string) =>
    datapath.openDraft({ diskId, expectedVersion: 0, label, clientToken: randomUUID(), fence: lease.fence });
  for (const label of ['varve attach', 'varve attach 0', `varve attach ${lease.fence}`, 'varve attach 7', 'an import'])
    await open(label);
  const parts = { datapath, diskId, commitBlocks: 1, clientToken: randomUUID, signal: never };
  await commitByDraft({ ...parts, fence: lease.fence }, 0, await change(diskId, ['one', 'two']));
  const left = (await datapath.drafts(diskId)).map(({ label }) => label).sort();
  expect(left).toEqual(['an import', 'varve attach 7']);
});

test.each(['discarded', 'forgotten'])('9.3: a draft that is %s meanwhile costs a try, not the disk', async (how) => {
  const { datapath, leases } = services();
  const diskId = await harness.createDisk();
  const { lease } = await leases.acquire({ diskId, holder: 'test-host', steal: false, clientToken: randomUUID() });
  const parts = { datapath, diskId, commitBlocks: 1, clientToken: randomUUID, signal: never, fence: lease.fence };
  const wanted = await change(diskId, ['one', 'two']);
  const without = interrupted(datapath, async (draftId) => {
    if (how === 'forgotten') return 'dr-00000000000000000000';
    await datapath.discardDraft(draftId);
    return draftId;
  });
  const error = await commitByDraft({ ...parts, datapath: without }, 0, wanted).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'DraftClosed' });
  expect(isLost(error)).toBe(false);
  await commitByDraft(parts, 0, wanted);
  expect(await readBlocks(harness.account, diskId)).toEqual({ 0: 'one', 1: 'two' });
});
