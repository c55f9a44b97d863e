import { afterAll, beforeAll, expect, it } from 'vitest';
import { CURRENT_TERMS } from '../../src/service/accounts/terms.ts';
import { OPEN_SERVICE, OTHER_REGION } from '../support/api.ts';
import { go, settled } from '../support/browser.ts';
import {
  button,
  type ConsoleScene,
  choose,
  dialog,
  fill,
  openConsoleScene,
  pick,
  told,
  undo,
} from '../support/console-scene.ts';
import { createInstance, stop } from '../support/instances.ts';
import {
  createDisk,
  createSnapshot,
  deleteSnapshots,
  getSnapshot,
  isThere,
  releaseDisk,
} from '../support/operations.ts';
import { createPolicy, policyOf } from '../support/policies.ts';
import { describeWith } from '../support/programs.ts';

describeWith(['chromium'], 'the console: snapshots, recycle bin, policies', () => {
  let scene: ConsoleScene;

  beforeAll(async () => {
    scene = await openConsoleScene();
    await scene.account.call(OPEN_SERVICE, { terms: CURRENT_TERMS, region: OTHER_REGION });
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  it('deletes those that were chosen after a preview, and brings them back', async () => {
    const { account } = scene;
    const disk = await createDisk(account, { name: 'web' });
    const first = await createSnapshot(account, disk.id, { name: 'web-one' });
    const second = await createSnapshot(account, disk.id, { name: 'web-two' });
    const visited = await scene.open('snapshots?name=web');
    const { page, troubles } = visited;
    await pick(page, 'web-one', 'web-two');
    await button(page, 'Delete 2 snapshots').click();
    await dialog(page).getByText('2 snapshots: web-two, web-one').waitFor();
    await dialog(page).getByText('Nothing: others use all of their blocks.').waitFor();
    await button(dialog(page), 'Delete 2 snapshots').click();
    await told(page, '2 snapshots are deleted');
    expect([await isThere(account, first.id), await isThere(account, second.id)]).toEqual([false, false]);

    await undo(page);
    await told(page, '2 snapshots are back');
    await page.getByRole('link', { name: 'web-two' }).waitFor();
    expect(await isThere(account, first.id)).toBe(true);
    expect(troubles).toEqual([]);
  });

  it('pins, keeps for a time, and renames a snapshot', async () => {
    const { account } = scene;
    const disk = await createDisk(account, { name: 'kept' });
    const { id } = await createSnapshot(account, disk.id, { name: 'kept-one' });
    const visited = await scene.open(`snapshots/${id}`);
    const { page, troubles } = visited;
    await choose(page, 'Pin');
    await told(page, 'kept-one is pinned');
    await choose(page, 'Unpin');
    await told(page, 'kept-one is not pinned any more');
    await choose(page, 'Set how long it is kept');
    await fill(page, { 'Days from when it was taken': '30' }, 'Save');
    await told(page, 'The time of kept-one is set');
    await choose(page, 'Rename and tag');
    await fill(page, { Name: 'kept-two', Description: 'by hand', Tags: 'team=web\nurgent' }, 'Save');
    await page.getByRole('heading', { name: 'kept-two' }).waitFor();
    const { retentionDays, name, tags } = await getSnapshot(account, id);
    expect({ retentionDays, name, tags }).toEqual({
      retentionDays: 30,
      name: 'kept-two',
      tags: [
        { key: 'team', value: 'web' },
        { key: 'urgent', value: '' },
      ],
    });
    expect(troubles).toEqual([]);
  });

  it('makes a disk, an image and a copy in another region from a snapshot', async () => {
    const { account } = scene;
    const disk = await createDisk(account, { name: 'base' });
    const { id } = await createSnapshot(account, disk.id, { name: 'base-one' });
    const visited = await scene.open(`snapshots/${id}`);
    const { page, troubles } = visited;
    await button(page, 'Create a disk from it').click();
    await fill(page, { 'Name of the disk': 'base-disk' }, 'Create a disk from it');
    await told(page, 'Disk base-disk is created');
    await choose(page, 'Create an image from it');
    await fill(page, { 'Name of the image': 'base-image' }, 'Create an image from it');
    await told(page, 'Image base-image is created');
    await choose(page, 'Copy to another region');
    await fill(page, {}, 'Copy to another region');
    await told(page, `The copy to ${OTHER_REGION} has begun`);

    await page.goto(page.url().replace(/\/r\/[^/]+\/.*/, `/r/${OTHER_REGION}/snapshots`));
    await page.getByRole('link', { name: 'base-one' }).click();
    await choose(page, 'Cancel the copy');
    await told(page, 'The copy is cancelled');
    expect(troubles).toEqual([]);
  });

  it('says what a rollback would lose, and takes a snapshot first', async () => {
    const { account } = scene;
    const instance = await createInstance(account, {
      name: 'roll-1',
      systemDisk: { name: 'roll', sizeBytes: 2 ** 30 },
    });
    const { id } = await createSnapshot(account, instance.systemDisk.id, { name: 'roll-one' });
    await stop(account, instance.id);
    const visited = await scene.open(`snapshots/${id}`);
    const { page, troubles } = visited;
    await choose(page, 'Roll the disk back to it');
    const act = button(dialog(page), 'Roll back roll');
    await dialog(page).getByText('a snapshot of the present state is taken first').waitFor();
    await dialog(page).getByText('Take a snapshot of the present state first').click();
    await dialog(page)
      .getByText(/Changes of roll since/)
      .waitFor();
    expect(await act.isDisabled()).toBe(true);
    await dialog(page).getByText('Take a snapshot of the present state first').click();
    await act.click();
    await told(page, 'roll was rolled back');
    expect(troubles).toEqual([]);
  });

  it('restores and purges, with the name typed, and sets the time of the recycle bin', async () => {
    const { account } = scene;
    const disk = await createDisk(account, { name: 'bin' });
    const back = await createSnapshot(account, disk.id, { name: 'bin-back' });
    const gone = await createSnapshot(account, disk.id, { name: 'bin-gone' });
    await deleteSnapshots(account, [back.id, gone.id]);
    const visited = await scene.open('trash');
    const { page, troubles } = visited;
    await pick(page, 'bin-back');
    await button(page, 'Restore 1').click();
    await told(page, '1 is back');
    expect(await isThere(account, back.id)).toBe(true);

    await pick(page, 'bin-gone');
    await button(page, 'Purge 1 for good').click();
    const act = button(dialog(page), 'Purge 1 for good');
    expect(await act.isDisabled()).toBe(true);
    await dialog(page).getByLabel('Type bin-gone to go on').fill('bin-gone');
    await act.click();
    await told(page, '1 is purged');

    await button(page, 'Set the time').click();
    await fill(page, { Hours: '48' }, 'Set the time');
    await page.getByText('What is deleted stays for 48 hours', { exact: true }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('creates a policy in the grid, edits, pauses and deletes it', async () => {
    const visited = await scene.open('policies/new');
    const { page, troubles } = visited;
    await page.getByLabel('Name', { exact: true }).fill('twice');
    await button(page, 'Hour 14').click();
    await button(page, 'Sun').click();
    await page.getByText('12 runs a week').waitFor();
    await button(page, 'Create policy').click();
    await told(page, 'Policy twice is created. Choose its disks.');
    await choose(page, 'Edit');
    await fill(page, { Name: 'thrice', 'Days for which its snapshots are kept': '7' }, 'Save');
    await page.getByRole('heading', { name: 'thrice', exact: true }).waitFor();
    await choose(page, 'Pause');
    await told(page, 'thrice is paused');
    await undo(page);
    await page.locator('main').getByText('Active', { exact: true }).waitFor();
    await choose(page, 'Delete');
    const act = button(dialog(page), 'Delete thrice');
    expect(await act.isDisabled()).toBe(true);
    await dialog(page).getByLabel('Type thrice to go on').fill('thrice');
    await act.click();
    await told(page, 'thrice is deleted');
    expect(new URL(page.url()).pathname).toMatch(/\/policies$/);
    expect(troubles).toEqual([]);
  });

  it('applies a policy to many disks and cancels it, and says which were refused', async () => {
    const { account, api } = scene;
    const policy = await createPolicy(account, { name: 'many' });
    const disks = [await createDisk(account, { name: 'many-a' }), await createDisk(account, { name: 'many-b' })];
    const visited = await scene.open(`policies/${policy.id}/without`);
    const { page, troubles } = visited;
    await pick(page, 'many-a', 'many-b');
    await releaseDisk(account, disks[1].id);
    await button(page, 'Apply to 2 disks').click();
    await told(page, '1 disk is under it');
    await told(page, /many-b was refused/);
    await told(page, 'many-a is under it, but not in use');
    expect(await policyOf(account, disks[0].id)).toBe(policy.id);

    await go(page, new URL(page.url()).pathname.replace('without', 'with'));
    await pick(page, 'many-a');
    await button(page, 'Cancel for 1 disk').click();
    await told(page, '1 disk is under no policy');
    await undo(page);
    await page.getByRole('link', { name: 'many-a' }).waitFor();
    for (const tab of ['plan', 'runs', 'slots']) {
      await go(page, `/r/here/policies/${policy.id}/${tab}`);
      await settled(page);
    }
    expect(api.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    expect(troubles).toEqual([]);
  });
});
