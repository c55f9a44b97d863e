import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, go, type Look, settled } from '../support/browser.ts';
import { button, type ConsoleScene, openConsoleScene } from '../support/console-scene.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { describeWith } from '../support/programs.ts';

/** A name that would be something else if anything took it for markup, and one that is too long. */
const HOSTILE = '漢字 <img src=x onerror=alert(1)>';
const LONG = `n${'o'.repeat(127)}`;

const PLACES = [
  '',
  'disks',
  'instances',
  'images',
  'snapshots',
  'chains',
  'trash',
  'policies',
  'policies/new',
  'capacity',
  'events',
  'damage',
  'damage?part=scrubs',
  'jobs',
  'bills',
  'bills?part=forgotten',
  'keys',
  'quotas',
  'audit',
  'webhooks',
  'settings',
] as const;

const LOOKS: readonly Look[] = [
  { width: 1280, theme: 'light', language: 'en' },
  { width: 360, theme: 'dark', language: 'zh' },
];

/** All pages, on a machine that does much else. */
const SLOW_MS = 300_000;

describeWith(['chromium'], '11.2: every page of the console', () => {
  let scene: ConsoleScene;
  const places: string[] = [...PLACES];

  beforeAll(async () => {
    scene = await openConsoleScene();
    const { account } = scene;
    const disk = await createDisk(account, { name: HOSTILE });
    const { id } = await createSnapshot(account, disk.id, { name: LONG });
    const policy = await createPolicy(account, { name: HOSTILE });
    places.push(`disks/${disk.id}`, `snapshots/${id}`, `chains/${disk.id}`, `chains/${disk.id}?view=figure`);
    places.push(`policies/${policy.id}`, `policies/${policy.id}/without`, `policies/${policy.id}/runs`);
  });
  afterAll(() => scene?.[Symbol.asyncDispose]());

  it.each(LOOKS)(
    '11.2 is readable for axe, and no wider than the window: $width $theme $language',
    async (look) => {
      const faults: string[] = [];
      for (const place of places) {
        const { page, troubles } = await scene.open(place, look);
        await settled(page);
        for (const fault of await axe(page)) faults.push(`${place}: ${fault}`);
        const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(beyond) > 0) faults.push(`${place}: ${beyond} px too wide`);
        for (const trouble of troubles) faults.push(`${place}: ${trouble}`);
      }
      expect(faults).toEqual([]);
    },
    SLOW_MS,
  );

  it('11.1 shows names as they are, whatever they look like', async () => {
    const { page } = await scene.open('disks');
    await page.getByRole('link', { name: HOSTILE, exact: true }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('11.2 leads to where a link came from, with its filters', async () => {
    const { page } = await scene.open('snapshots?kind=MANUAL&status=ACCOMPLISHED');
    await page.getByRole('link', { name: LONG, exact: true }).click();
    await page.getByRole('heading', { name: LONG }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: LONG, exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?kind=MANUAL&status=ACCOMPLISHED');
  });

  it.each(['disks', 'snapshots', 'images', 'policies', 'chains'])(
    'says of %s that there is no such one',
    async (area) => {
      const letter = area === 'chains' ? 'd' : area[0];
      const { page } = await scene.open(`${area}/${letter}-00000000000000000000`);
      await page.getByText(/^There is no such/).waitFor();
    },
  );

  it('1.2 shows a VIEWER no button that would be refused', async () => {
    const key = await scene.account.createKey('VIEWER');
    for (const place of ['disks', 'snapshots', 'trash', 'policies', 'damage', 'jobs', 'settings', 'quotas']) {
      const { page } = await scene.open(place, { key });
      const refused = /^(Create|Delete|Choose|Set|Start|Apply|Restore|Purge|Revoke|Read) /;
      expect(await page.locator('main').getByRole('button', { name: refused }).count(), place).toBe(0);
      expect(await page.locator('main').getByRole('checkbox').count(), place).toBe(0);
    }
    const { page } = await scene.open('keys', { key });
    await page.getByText(/Forbidden/).waitFor();
    expect(await button(page, 'Create key').count()).toBe(0);
    expect(await page.getByRole('navigation').first().getByRole('link', { name: 'Audit' }).count()).toBe(0);
  });

  it('11.1 goes on by itself when the service comes back', async () => {
    const { page, context } = await scene.open('disks');
    await context.route('**/graphql', (route) => route.abort());
    await button(page, 'Refresh').click();
    await page
      .getByText(/does not answer|cannot be reached/)
      .first()
      .waitFor();
    await context.unroute('**/graphql');
    await go(page, '/r/here/snapshots');
    await page.getByRole('link', { name: LONG, exact: true }).waitFor();
  });
});
