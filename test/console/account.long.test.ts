import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  button,
  type ConsoleScene,
  choose,
  dialog,
  fill,
  openConsoleScene,
  told,
  undo,
} from '../support/console-scene.ts';
import { createImage } from '../support/instances.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { describeWith } from '../support/programs.ts';

describeWith(['chromium'], '11.1: the console: images, the account, and what is watched', () => {
  let scene: ConsoleScene;
  let image: string;

  beforeAll(async () => {
    scene = await openConsoleScene();
    const disk = await createDisk(scene.account, { name: 'web' });
    const { id: snapshotId } = await createSnapshot(scene.account, disk.id, { name: 'web-one' });
    image = (await createImage(scene.account, snapshotId, { name: 'golden' })).id;
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  it('6.1 renames an image, shares it, takes the share back, and makes a disk of it', async () => {
    const other = await scene.api.createAccount();
    const { page, troubles } = await scene.open(`images/${image}`);
    await choose(page, 'Rename and tag');
    await fill(page, { Name: 'golden-2', Tags: 'os=debian' }, 'Save');
    await page.getByRole('heading', { name: 'golden-2' }).waitFor();
    await choose(page, 'Share');
    await fill(page, { 'Ids of accounts': other.id }, 'Share');
    await button(page, `Take back from ${other.id}`).click();
    await told(page, `Account ${other.id} cannot use it any more`);
    await undo(page);
    await button(page, `Take back from ${other.id}`).waitFor();
    await button(page, 'Create a disk from it').click();
    await fill(page, { 'Name of the disk': 'of-golden' }, 'Create a disk from it');
    await told(page, 'Disk of-golden is created');
    expect(troubles).toEqual([]);
  });

  it('6.3 begins an export of an image, and cancels it', async () => {
    const { page, troubles } = await scene.open(`images/${image}`);
    await choose(page, 'Export as a file');
    await button(dialog(page), 'Export as a file').click();
    await told(page, 'The export has begun');
    await page.getByRole('table', { name: 'Files made from it' }).getByRole('button', { name: 'Cancel' }).click();
    await told(page, 'The export is cancelled');
    expect(troubles).toEqual([]);
  });

  it('10.1 deletes an image, and brings it back from the corner', async () => {
    const { page, troubles } = await scene.open(`images/${image}`);
    await choose(page, 'Delete');
    await button(dialog(page), /^Delete golden/).click();
    await told(page, /golden.* is deleted/);
    await undo(page);
    await told(page, /golden.* is back/);
    expect(troubles).toEqual([]);
  });

  it('1.2 creates a key, whose secret is shown once, and revokes it', async () => {
    const { page, troubles } = await scene.open('keys');
    await button(page, 'Create key').click();
    await dialog(page).getByLabel('Name', { exact: true }).fill('robot');
    await button(dialog(page), 'Create key').click();
    const secret = await dialog(page).locator('code').first().textContent();
    expect(secret).toMatch(/^vk_[0-9a-f]{16}_/);
    const { viewer } = await scene.account.call('{ viewer { role } }', {}, secret ?? '');
    expect(viewer.role).toBe('VIEWER');
    await button(dialog(page), 'I have kept it').click();
    await button(page, 'Revoke robot').click();
    await dialog(page).getByLabel('Type robot to go on').fill('robot');
    await button(dialog(page), 'Revoke robot').click();
    await told(page, 'Key robot is revoked');
    expect(await page.content()).not.toContain(secret);
    expect(troubles).toEqual([]);
  });

  it('8.1 sets a quota, and says why it would not', async () => {
    const { page } = await scene.open('quotas');
    await button(page, 'Set the quota: Policies').click();
    await dialog(page).getByLabel('Limit', { exact: true }).fill('1000000');
    await button(dialog(page), 'Set the quota').click();
    await dialog(page).getByText('InvalidParameter').first().waitFor();
    await fill(page, { Limit: '50' }, 'Set the quota');
    await told(page, 'The quota is set');
  });

  it('8.5 adds a webhook, tries it, rotates its secret, and removes it', async () => {
    const { page, troubles } = await scene.open('webhooks');
    await button(page, 'Create webhook').click();
    await dialog(page).getByLabel('Address', { exact: true }).fill('https://hooks.example.com/varve');
    await button(dialog(page), 'Create webhook').click();
    expect(await dialog(page).locator('code').first().textContent()).toMatch(/^whsec_/);
    await button(dialog(page), 'I have kept it').click();
    await page.getByRole('link', { name: 'https://hooks.example.com/varve' }).click();
    await button(page, 'Send a test').click();
    await told(page, 'The test is on its way');
    await choose(page, 'Rotate the secret');
    await button(dialog(page), 'Rotate the secret').click();
    expect(await dialog(page).locator('code').first().textContent()).toMatch(/^whsec_/);
    await button(dialog(page), 'I have kept it').click();
    await choose(page, 'Switch off');
    await told(page, 'The webhook is Off');
    await choose(page, 'Delete');
    await dialog(page).getByLabel('Type hooks.example.com to go on').fill('hooks.example.com');
    await button(dialog(page), 'Delete the webhook').click();
    await told(page, 'The webhook is deleted');
    expect(troubles).toEqual([]);
  });

  it('8.4 sets the objective of a tag, takes it away, and gives it back', async () => {
    const { page, troubles } = await scene.open('settings');
    await button(page, 'Set an objective').click();
    await fill(page, { Tag: 'tier=gold', Hours: '4' }, 'Set the objective');
    await button(page, 'Take away the objective of tier=gold').click();
    await told(page, 'The objective of tier=gold is taken away');
    await undo(page);
    await button(page, 'Take away the objective of tier=gold').waitFor();
    expect(troubles).toEqual([]);
  });

  it('9.3 starts a scrub, and shows it', async () => {
    const { page, troubles } = await scene.open('damage?part=scrubs');
    await button(page, 'Start a scrub').click();
    await button(dialog(page), 'Start a scrub').click();
    await told(page, 'The scrub has begun');
    await page.getByText('The whole region').first().waitFor();
    expect(troubles).toEqual([]);
  });

  it('8.6 gives the records of the audit that are shown as a file', async () => {
    const { page } = await scene.open('audit');
    await page.getByText('createDisk').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Download what is shown').click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).action)).toContain('createDisk');
  });
});
