import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe } from '../support/browser.ts';
import { type ConsoleScene, openConsoleScene } from '../support/console-scene.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { describeWith } from '../support/programs.ts';

const field = (page: Page) => page.getByRole('searchbox', { name: 'A page, an id' });

describeWith(['chromium'], '11.1: the search of the console', () => {
  let scene: ConsoleScene;
  let disk: { readonly id: string };
  let snapshot: { readonly id: string };

  beforeAll(async () => {
    scene = await openConsoleScene();
    disk = await createDisk(scene.account, { name: 'web-root' });
    snapshot = await createSnapshot(scene.account, disk.id, { name: 'web-monday' });
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  it('11.2 finds by the beginning of a name, and goes there, by keys alone', async () => {
    const { page, troubles } = await scene.open('policies');
    await page.keyboard.press('Control+k');
    await field(page).waitFor();
    await page.keyboard.type('web-');
    await page.getByRole('menuitem', { name: 'web-monday' }).waitFor();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual([
      ` web-root${disk.id}`,
      ` web-monday${snapshot.id}`,
    ]);
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'web-monday' }).waitFor();
    expect(page.url()).toContain(`/snapshots/${snapshot.id}`);
    await page.goBack();
    await page.getByRole('heading', { name: 'Policies' }).waitFor();
    expect(troubles).toEqual([]);
  });

  it('finds pages by their title, and closes with Escape', async () => {
    const { page, troubles } = await scene.open('disks');
    await page.getByRole('button', { name: 'Search (Ctrl K)' }).click();
    await field(page).fill('audi');
    await page.getByRole('menuitem', { name: 'Audit' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await field(page).fill('nothing of that name');
    await page.getByText('Nothing has that name or id.').waitFor();
    expect(troubles).toEqual([]);
  });

  it('goes to what an id names: typed, pasted with spaces, or as an address', async () => {
    const { page, troubles } = await scene.open('disks');
    await page.keyboard.press('Control+k');
    await field(page).fill(` ${disk.id} `);
    await page.getByRole('menuitem', { name: 'web-root' }).click();
    await page.getByRole('heading', { name: 'web-root' }).waitFor();

    await page.goto(new URL(`/go/${snapshot.id}`, page.url()).href);
    await page.getByRole('heading', { name: 'web-monday' }).waitFor();
    await page.goto(new URL('/go/s-00000000000000000000', page.url()).href);
    await page.getByText('There is nothing with the id s-00000000000000000000').waitFor();
    await page.getByRole('link', { name: 'To the overview' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(troubles).toEqual([]);
  });
});
