import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { settled } from '../support/browser.ts';
import { button, type ConsoleScene, choose, dialog, fill, openConsoleScene, told } from '../support/console-scene.ts';
import { createImage, createInstance, getInstance, stop } from '../support/instances.ts';
import { createDisk, createSnapshot, GIB, getDisk, isThere } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { describeWith } from '../support/programs.ts';
import { HOUR_MS } from '../support/timer.ts';
import { setObjective, watchRound } from '../support/watch.ts';

/** Takes a choice of a field that shows the present one. */
async function select(page: Page, label: string, choice: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`(^| )${label}$`) }).click();
  await page.getByRole('option', { name: choice }).click();
}

const idIn = (page: Page) => /\/([a-z]{1,2}-[0-9a-z]{20})/.exec(page.url())?.[1] ?? '';

describeWith(['chromium'], '11.1: the console: disks and instances', () => {
  let scene: ConsoleScene;

  beforeAll(async () => {
    scene = await openConsoleScene();
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  it('3.1 makes a disk, and says at the field what is wrong with it', async () => {
    const { account } = scene;
    const policy = await createPolicy(account, { name: 'nightly' });
    const { page, troubles } = await scene.open('disks/new');
    const field = (label: string) => page.locator('main').getByLabel(label, { exact: true });
    await field('Name').fill('9 lives');
    await field('Size in GiB').fill('2');
    await select(page, 'Policy', 'nightly');
    await button(page.locator('main'), 'Create disk').click();
    await page
      .locator('main')
      .getByText(/letter/)
      .last()
      .waitFor();
    await field('Name').fill('made-here');
    await button(page.locator('main'), 'Create disk').click();
    await told(page, 'Disk made-here was created');
    await page.getByRole('heading', { name: 'made-here' }).waitFor();
    const disk = await getDisk(account, idIn(page));
    expect(disk).toMatchObject({ name: 'made-here', sizeBytes: 2 * GIB });
    expect(await account.call(`{ disk(id: "${disk.id}") { policy { id } } }`)).toEqual({
      disk: { policy: { id: policy.id } },
    });
    expect(troubles.filter((one) => !one.includes('400'))).toEqual([]);
  });

  it('4.2, 3.4, 4.9 takes a snapshot of a disk, lets it grow, and rolls it back', async () => {
    const { account } = scene;
    const { id } = await createDisk(account, { name: 'worked-on' });
    const { page, troubles } = await scene.open(`disks/${id}`);
    await button(page.locator('main'), 'Create snapshot').click();
    await fill(page, { Name: 'before-it' }, 'Create snapshot');
    await told(page, 'Snapshot before-it was requested');
    await choose(page, 'Resize');
    const size = (await getDisk(account, id)).sizeBytes / GIB;
    await fill(page, { 'Size in GiB': `${size + 1}` }, 'Resize');
    await told(page, 'worked-on was resized');
    expect((await getDisk(account, id)).sizeBytes).toBe((size + 1) * GIB);

    await page
      .getByRole('link', { name: 'Time line' })
      .or(page.getByRole('tab', { name: 'Time line' }))
      .click();
    await settled(page);
    await page
      .getByRole('row', { name: /before-it/ })
      .getByRole('button')
      .last()
      .click();
    await page.getByRole('menuitem', { name: 'Roll back', exact: true }).click();
    await dialog(page).getByText('Nothing: the safety snapshot holds the present state').waitFor();
    await button(dialog(page), /Roll back/).click();
    await told(page, 'worked-on was rolled back');
    const { snapshots } = await account.call(`{ snapshots(filter: { diskId: "${id}" }) { nodes { id } } }`);
    expect(snapshots.nodes).toHaveLength(2);
    expect(troubles).toEqual([]);
  });

  it('3.5 puts a disk under a policy and takes it back, and reinitialises and releases it', async () => {
    const { account } = scene;
    await createPolicy(account, { name: 'hourly' });
    const { id } = await createDisk(account, { name: 'doomed' });
    const { page, troubles } = await scene.open(`disks/${id}`);
    const policyOf = async () => (await account.call(`{ disk(id: "${id}") { policy { name } } }`)).disk.policy;
    await choose(page, 'Set policy');
    await select(page, 'Policy', 'hourly');
    await button(dialog(page), 'Save').click();
    await told(page, 'The policy of doomed is set');
    expect(await policyOf()).toEqual({ name: 'hourly' });
    await button(page.getByRole('log'), 'Undo').last().click();
    await told(page, 'doomed is under no policy now');
    expect(await policyOf()).toBeNull();

    await choose(page, 'Reinitialise');
    await dialog(page).getByLabel('Type doomed to go on').fill('doomed');
    await button(dialog(page), /Reinitialise/).click();
    await told(page, 'doomed has the contents of its origin again');
    await choose(page, 'Release');
    await button(dialog(page), 'Release disk doomed').click();
    await told(page, 'doomed was released');
    expect(await isThere(account, id)).toBe(false);
    expect(troubles).toEqual([]);
  });

  it('8.4 shows the disks in breach alone, and those without a policy', async () => {
    const { account, api } = scene;
    const late = await createDisk(account, { name: 'late' });
    await createDisk(account, { name: 'in-time' });
    await setObjective(account, { diskId: late.id, hours: 1 });
    api.clock.advance(3 * HOUR_MS);
    await watchRound(api);
    await sweepListing(api.service, Number.POSITIVE_INFINITY);
    const { page, troubles } = await scene.open('disks?breach=1');
    await page.getByRole('link', { name: 'late' }).waitFor();
    expect(await page.getByRole('link', { name: 'in-time' }).count()).toBe(0);
    await select(page, 'Show', 'Without a policy');
    await page.getByRole('link', { name: 'in-time' }).waitFor();
    expect(page.url()).toContain('unprotected=1');
    expect(troubles).toEqual([]);
  });

  it('2.1 makes an instance of an image with data disks, and refuses a size that is none', async () => {
    const { account } = scene;
    const origin = await createDisk(account, { name: 'golden', kind: 'SYSTEM' });
    const image = await createImage(account, (await createSnapshot(account, origin.id)).id, { name: 'golden-1' });
    const { page, troubles } = await scene.open('instances');
    await page.getByRole('link', { name: 'Create instance' }).first().click();
    const main = page.locator('main');
    await main.getByLabel('Name', { exact: true }).fill('web-1');
    await select(page, 'Image', image.name);
    await main.getByLabel('Data disks').fill('1\nmuch');
    await main.getByText('Sizes in GiB, one a line.').first().waitFor();
    await main.getByLabel('Data disks').fill('1\n2');
    await button(main, 'Create instance').click();
    await told(page, 'Instance web-1 was created');
    const instance = await getInstance(account, idIn(page));
    expect(instance).toMatchObject({ name: 'web-1', status: 'RUNNING', dataDisks: [{}, {}] });
    expect(troubles).toEqual([]);
  });

  it('2.2 stops and starts an instance, attaches and detaches a disk, and gives it another system disk', async () => {
    const { account } = scene;
    const spare = await createDisk(account, { name: 'spare' });
    const { id } = await createInstance(account, { name: 'moved', systemDisk: { sizeBytes: GIB, name: 'old-root' } });
    const { page, troubles } = await scene.open(`instances/${id}`);
    const main = page.locator('main');
    await choose(page, 'Attach disk');
    await select(page, 'Disk', 'spare');
    await button(dialog(page), 'Attach disk').click();
    await told(page, 'spare was attached');
    await main.getByRole('row', { name: /spare/ }).getByRole('button', { name: 'Detach' }).click();
    await told(page, 'spare was detached');
    expect((await getDisk(account, spare.id)).status).toBe('AVAILABLE');

    await button(main, 'Stop').click();
    await told(page, 'moved was stopped');
    await choose(page, 'Replace system disk');
    await dialog(page).getByLabel('Size in GiB').fill('3');
    await dialog(page).getByLabel('Type moved to go on').fill('moved');
    await button(dialog(page), 'Replace the system disk').click();
    await told(page, 'moved has a new system disk');
    expect((await getInstance(account, id)).systemDisk.name).not.toBe('old-root');
    await button(main, 'Start').click();
    await told(page, 'moved was started');
    expect((await getInstance(account, id)).status).toBe('RUNNING');
    expect(troubles).toEqual([]);
  });

  it('2.5 releases an instance that is stopped and not protected', async () => {
    const { account } = scene;
    const { id } = await createInstance(account, { name: 'last', systemDisk: { sizeBytes: GIB } });
    await stop(account, id);
    const { page, troubles } = await scene.open(`instances/${id}`);
    await choose(page, 'Protect against release');
    await told(page, /last/);
    await button(page.locator('main'), 'More actions').click();
    await page
      .getByRole('menuitem', { name: /Release/ })
      .getByText('It is protected')
      .waitFor();
    await page
      .getByRole('menuitem', { name: 'Do not protect' })
      .or(page.getByRole('menuitem', { name: /protect/i }).first())
      .click();
    await settled(page);
    await choose(page, 'Release');
    await dialog(page).getByLabel('Type last to go on').fill('last');
    await button(dialog(page), 'Release instance last').click();
    await told(page, 'last was released');
    expect(troubles).toEqual([]);
  });
});
