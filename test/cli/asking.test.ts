import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MUTATIONS, refuseUnasked } from '../../src/cli/asking/consent.ts';
import { COMMANDS } from '../../src/cli/commands/all.ts';
import { ProfileStore } from '../../src/cli/profiles/store.ts';
import { OTHER_REGION } from '../support/api.ts';
import { openOther } from '../support/copies.ts';
import { startWatchedEndpoint, type WatchedEndpoint } from '../support/watched-endpoint.ts';
import { ASKING_SCENES, LOCAL_ASKING } from './asking-scenes.ts';
import { type CliHarness, createCliHarness, writeManyBlocks } from './harness.ts';
import { type Answer, onTerminal } from './terminal.ts';

vi.setConfig({ testTimeout: 120_000 });

const ASKING = COMMANDS.filter(({ asks }) => asks === true);

describe('10.3: commands that delete or overwrite', () => {
  it.each(ASKING.map((command) => [command.path, command] as const))('%s takes --yes and --dry-run', (_, command) => {
    const options = command.options.map(({ name }) => name);
    expect(options).toEqual(expect.arrayContaining(['yes', 'dry-run']));
  });

  /** By their names they would be among them. */
  const HARMLESS: Readonly<Record<string, string>> = {
    detach: 'commits everything first',
    'scrub cancel': 'what it found stays',
  };
  const TAKING =
    /\b(delete|remove|purge|release|revoke|cancel\S*|unshare|unpin|rollback|reinitialize|detach|replace\S*)$/;

  it.each(COMMANDS.filter(({ path }) => TAKING.test(path) && !(path in HARMLESS)).map(({ path }) => path))(
    '%s is one of them by its name',
    (path) => {
      expect(ASKING.map((command) => command.path)).toContain(path);
    },
  );

  it.each(ASKING.map(({ path }) => path))('%s has a scene here, or a reason why not', (path) => {
    const scenes = ASKING_SCENES.filter(({ args }) => args.join(' ').startsWith(`${path} `));
    expect(scenes.length > 0 || path in LOCAL_ASKING).toBe(true);
  });
});

describe('10.3: mutations', () => {
  const folder = join(import.meta.dirname, '../../src/client/service');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  const sent = texts.flatMap((text) => [...text.matchAll(/^mutation (\w+)/gm)].map(([, name]) => name as string));

  it('each says whether it takes something away', () => {
    expect(Object.keys(MUTATIONS).sort()).toEqual([...sent].sort());
  });

  it.each(sent.filter((name) => MUTATIONS[name] === 'TAKES'))('%s is not sent without consent', (name) => {
    const text = `mutation ${name}($input: X!) { x }`;
    expect(() => refuseUnasked(text, { input: {} }, { isGiven: false })).toThrow(name);
    expect(() => refuseUnasked(text, { input: {} }, { isGiven: true })).not.toThrow();
    expect(() => refuseUnasked(text, { input: { dryRun: true } }, { isGiven: false })).not.toThrow();
  });

  it('one that nobody has thought of is not sent either', () => {
    expect(() => refuseUnasked('mutation EraseAll { x }', {}, { isGiven: false })).toThrow('EraseAll');
    expect(() => refuseUnasked('query Disks { x }', {}, { isGiven: false })).not.toThrow();
  });
});

describe('10.3: a command that deletes or overwrites', () => {
  let cli: CliHarness;
  let endpoint: WatchedEndpoint;
  const ids: Record<string, string> = {};
  const filled = (args: readonly string[]) => args.map((word) => ids[word] ?? word);

  beforeAll(async () => {
    cli = await createCliHarness({ apart: true });
    endpoint = await startWatchedEndpoint(cli.environment.VARVE_ENDPOINT as string);
    await openOther(cli.account);
    await makeScene(cli, ids);
  });
  afterAll(async () => {
    await endpoint.close();
    await cli.close();
  });

  const environment = () => ({ ...process.env, ...cli.environment, NO_COLOR: '1', VARVE_ENDPOINT: endpoint.url });
  const type = async (args: readonly string[], answer: Answer) => {
    endpoint.mutations();
    const outcome = await onTerminal(filled(args), answer, { environment: environment() });
    return { ...outcome, mutations: endpoint.mutations() };
  };

  it.each(ASKING_SCENES)(
    '10.3 $name: --dry-run shows what goes, and changes nothing',
    async ({ args, goes, stays }) => {
      endpoint.mutations();
      const { code, stdout, stderr } = await cli.run([...filled(args), '--dry-run'], {
        environment: environment() as never,
      });
      expect({ code, mutations: endpoint.mutations() }, stderr).toEqual({ code: 0, mutations: [] });
      expect(stdout).toContain(goes);
      if (stays !== undefined) expect(stdout).toContain(stays);
      const { asked } = await type([...args, '--dry-run'], { line: 'y' });
      expect({ asked, mutations: endpoint.mutations() }).toEqual({ asked: false, mutations: [] });
    },
  );

  const QUESTIONS = ASKING_SCENES.filter(({ asks }) => asks !== false);

  it.each(QUESTIONS)('10.3 $name: asks on a terminal, and no is no', async ({ args, shows }) => {
    const refused = await type(args, { line: 'n' });
    expect({ code: refused.code, stdout: refused.stdout, mutations: refused.mutations }, refused.stderr).toEqual({
      code: 10,
      stdout: '',
      mutations: [],
    });
    expect(refused.stderr).toContain('This will ');
    expect(refused.stderr).toMatch(/\n {2}Goes: +/);
    expect(refused.stderr).toMatch(/\n {2}Back: +/);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(shows);
    expect(refused.stderr).toContain('varve: Nothing was changed.');
    expect(refused.stderr.split('\n').filter((line) => line.length > 100)).toEqual([]);
    const ended = await type(args, 'CTRL_D');
    expect([ended.code, ended.mutations]).toEqual([10, []]);
    const stopped = await type(args, 'CTRL_C');
    expect([stopped.code, stopped.mutations]).toEqual([130, []]);
    expect(stopped.stderr).toContain('Stopped. Nothing was changed.');
  });

  it('10.3 asks nothing if nothing is lost', async () => {
    for (const { args } of ASKING_SCENES.filter(({ asks }) => asks === false)) {
      const { asked, code, stderr } = await type(args, { line: 'n' });
      expect({ asked, code }, `${args}: ${stderr}`).toEqual({ asked: false, code: 0 });
    }
  });

  it('10.3 asks nothing with --yes or -y, and nothing where nobody sees it', async () => {
    await cli.json('disk', 'create', 'one', '--size', '1M');
    await cli.json('disk', 'create', 'two', '--size', '1M');
    await cli.json('disk', 'create', 'three', '--size', '1M');
    expect(await type(['disk', 'delete', 'one', '--yes'], { line: 'n' })).toMatchObject({ asked: false, code: 0 });
    expect(await type(['disk', 'delete', 'two', '-y'], { line: 'n' })).toMatchObject({ asked: false, code: 0 });
    expect(await cli.run(['disk', 'delete', 'three'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('10.3 is readable on a terminal that does not know its size, or is narrow', async () => {
    for (const [columns, most] of [
      [0, 100],
      [10, 40],
      [60, 60],
      [200, 100],
    ] as const) {
      const answer = { line: 'n' };
      const { stderr } = await onTerminal(['image', 'delete', 'golden'], answer, {
        environment: environment(),
        columns,
      });
      const widths = stderr
        .split('\n')
        .filter((line) => line.trim().includes(' '))
        .map((line) => line.length);
      expect(Math.max(...widths)).toBeGreaterThan(30);
      expect(stderr.split('\n').filter((line) => line.length > most && !/ (m|s|acc|d)-/.test(line))).toEqual([]);
    }
  });

  it('10.3 goes on after a yes', async () => {
    await cli.json('disk', 'create', 'four', '--size', '1M');
    const done = await type(['disk', 'delete', 'four'], { line: 'Yes' });
    expect(done).toMatchObject({ asked: true, code: 0, mutations: ['ReleaseDisk'] });
    expect(done.stdout).toMatch(/^Released disk d-\w+\.\n/);
    expect(done.stderr).toMatch(/Back: +Until \d{4}-\d\d-\d\d \d\d:\d\d UTC \(in \d+ h\):\s+varve trash restore d-\w+/);
  });

  it('10.3 asks with --quiet and --json too, on standard error', async () => {
    const { code, stdout, stderr } = await type(['disk', 'delete', 'idle', '--quiet', '--json'], { line: 'no' });
    expect({ code, stdout }).toEqual({ code: 10, stdout: '' });
    expect(stderr).toContain('Go on? [y/N] ');
    expect(JSON.parse(stderr.slice(stderr.indexOf('{')))).toMatchObject({ error: { code: 'Declined' } });
  });

  it('4.9 a rollback offers a safety snapshot, and says what is lost since when', async () => {
    const answer = { line: 's' };
    const rolled = await type(['snapshot', 'rollback', 'before'], answer);
    expect(rolled).toMatchObject({ code: 0, mutations: ['RollbackDisk'] });
    expect(rolled.stderr).toMatch(/Goes: +1\.50 MiB changed since \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(rolled.stderr).toContain('Go on? [y/s/N; s: take a safety snapshot first] ');
    expect(rolled.stdout).toMatch(/Safety snapshot: s-\w+/);
    const again = await type(['snapshot', 'rollback', 'before', '--safety-snapshot'], { line: 'n' });
    expect(again).toMatchObject({ asked: false, code: 0 });
  });

  it.each([
    [['account', 'arrears', 'team-b', '--since', '2020-01-01T00:00:00Z', '--yes-delete-now'], 'due by it, at once'],
    [['rebuild', '--from-bucket', '--data', '/nowhere/varve', '--accept-losses'], 'what is lost'],
  ])('10.3 an operator is asked too: %j', async (args, goes) => {
    const refused = await type(args, { line: '' });
    expect([refused.asked, refused.code]).toEqual([true, 10]);
    expect(refused.stderr.replaceAll(/\s+/g, ' ')).toContain(goes);
    const dry = await type([...args, '--dry-run'], { line: 'y' });
    expect([dry.asked, dry.code]).toEqual([false, 0]);
    expect(dry.stdout.replaceAll(/\s+/g, ' ')).toContain(goes);
  });

  it('10.3 a dry run is JSON with stable fields', async () => {
    const planned = await cli.json('disk', 'delete', 'idle', '--dry-run');
    expect(Object.keys(planned).sort()).toEqual(['back', 'doing', 'dryRun', 'goes', 'refusals', 'stays']);
    expect(planned).toMatchObject({ dryRun: true, doing: expect.stringContaining('release disk idle') });
  });
});

/** Whatever the scenes name; ids that they cannot know stand in `ids`. */
async function makeScene(cli: CliHarness, ids: Record<string, string>): Promise<void> {
  await cli.json('trash', 'set', '24');
  await writeManyBlocks(cli.path('image.img'), 3);
  await writeManyBlocks(cli.path('other.img'), 2);
  await writeFile(cli.path('precious.img'), 'precious');
  await cli.json('disk', 'import', 'image.img', '--name', 'web');
  await cli.json('snapshot', 'create', 'web', '--name', 'monday', '--retention', '30');
  await cli.json('snapshot', 'create', 'web', '--name', 'pinned');
  await cli.json('snapshot', 'pin', 'pinned');
  await cli.json('disk', 'import', 'image.img', '--name', 'idle');
  await cli.json('disk', 'import', 'image.img', '--name', 'rolled');
  await cli.json('snapshot', 'create', 'rolled', '--name', 'before');
  await cli.json('disk', 'sync', 'rolled', 'other.img', '--zero-rest');
  await cli.json('disk', 'create', 'empty', '--size', '1M');
  await cli.json('disk', 'create', 'gone', '--size', '1M');
  await cli.json('disk', 'delete', 'gone');
  await cli.json('image', 'create', 'monday', 'golden');
  await cli.json('image', 'share', 'golden', (await cli.api.createAccount()).id);
  ids.OTHER_ACCOUNT = (await cli.json('image', 'show', 'golden')).sharedWith[0];
  await cli.json('instance', 'create', 'box', '--system-size', '1M', '--data-disk', 'logs:1M', '--stopped');
  await cli.json('policy', 'create', 'nightly', '--hours', '2');
  await cli.json('policy', 'apply', 'nightly', 'idle');
  await cli.json('objective', 'set', 'tier=gold', '4');
  ids.KEY = (await cli.json('key', 'create', 'robot')).apiKey.id;
  ids.EXPORT = (await cli.json('image', 'export', 'golden', '--no-wait')).id;
  const key = `imports/${cli.account.id}/golden.img`;
  ids.IMPORT = (await cli.json('image', 'import-stored', key, '--no-wait')).id;
  ids.COPY = (await cli.json('snapshot', 'copy', 'monday', '--to', OTHER_REGION, '--no-wait')).id;
  ids.WEBHOOK = (await cli.json('webhook', 'add', 'https://hooks.example.com/varve')).webhook.id;
  new ProfileStore(cli.environment).write('work', { endpoint: 'https://varve.example.com/graphql', apiKey: 'vk_x' });
}
