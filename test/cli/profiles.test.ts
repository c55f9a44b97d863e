import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSecret } from '../../src/cli/profiles/read-secret.ts';
import { ProfileStore } from '../../src/cli/profiles/store.ts';
import { findWhere } from '../../src/cli/where.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

let home: string;
let store: ProfileStore;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'varve-profiles-'));
  store = new ProfileStore({ XDG_CONFIG_HOME: home });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const WORK = { endpoint: 'https://varve.example.com/graphql', apiKey: 'secret', region: 'north' };
const fileOf = (name: string) => join(home, 'varve', `${name}.profile.json`);

describe('profiles', () => {
  it('are files of this user alone, one for each', () => {
    store.write('work', WORK);
    store.write('home', { endpoint: 'http://127.0.0.1:4100/graphql', apiKey: 'other' });
    expect(store.list()).toEqual(['home', 'work']);
    expect(store.read('work')).toEqual(WORK);
    expect([statSync(join(home, 'varve')).mode & 0o777, statSync(fileOf('work')).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('the one that is used goes with it when it is removed', () => {
    store.write('work', WORK);
    store.use('work');
    expect(store.current()).toBe('work');
    expect([store.remove('work'), store.remove('work')]).toEqual([true, false]);
    expect([store.current(), store.list()]).toEqual([undefined, []]);
  });

  it.each([
    ['a folder that others may write to', () => chmodSync(join(home, 'varve'), 0o770)],
    ['a file that others may read', () => chmodSync(fileOf('work'), 0o640)],
    ['a file that others may write to', () => chmodSync(fileOf('work'), 0o602)],
    [
      'a link in the place of a file',
      () => {
        rmSync(fileOf('work'));
        symlinkSync('/etc/hostname', fileOf('work'));
      },
    ],
  ])('%s is refused', (_, open) => {
    store.write('work', WORK);
    open();
    expect(() => store.read('work')).toThrow(expect.objectContaining({ code: 'Forbidden' }));
  });

  it.each(['{', '{"format":2}', '{"format":1,"endpoint":"ftp://x","apiKey":"k"}'])('%s is no profile', (text) => {
    store.write('work', WORK);
    writeFileSync(fileOf('work'), text);
    expect(() => store.read('work')).toThrow('is not a profile that this version of Varve knows');
  });

  it.each(['', '.x', '../up', 'a/b', 'a b', 'a'.repeat(65)])('%j is no name', (name) => {
    expect(() => store.write(name, WORK)).toThrow("A profile's name");
  });
});

describe('where the service is', () => {
  const CWD = () => join(home, 'here');
  beforeEach(() => {
    mkdirSync(join(CWD(), '.varve'), { recursive: true });
    writeFileSync(join(CWD(), '.varve', 'endpoint.json'), '{"url":"http://127.0.0.1:4100/graphql"}');
    for (const name of ['one', 'two', 'three'])
      store.write(name, { ...WORK, endpoint: `https://${name}.example.com/` });
    store.use('three');
  });

  const none = { data: undefined, endpoint: undefined, profile: undefined };
  /** The order, the first one first. Each step takes one away. */
  const STEPS = [
    '--endpoint',
    'VARVE_ENDPOINT',
    'VARVE_DATA',
    'VARVE_PROFILE',
    'folder',
    'profile',
    undefined,
  ] as const;

  it.each(STEPS.map((way, at) => [way, at] as const))('%s wins over all behind it', async (way, at) => {
    const has = (step: (typeof STEPS)[number]) => STEPS.indexOf(step) >= at;
    const environment = {
      XDG_CONFIG_HOME: home,
      ...(has('VARVE_ENDPOINT') && { VARVE_ENDPOINT: 'https://variable.example.com' }),
      ...(has('VARVE_DATA') && { VARVE_DATA: '/data' }),
      ...(has('VARVE_PROFILE') && { VARVE_PROFILE: 'two' }),
    };
    if (!has('folder')) rmSync(join(CWD(), '.varve'), { recursive: true });
    if (!has('profile')) store.remove('three');
    const endpoint = has('--endpoint') ? 'https://option.example.com' : undefined;
    expect((await findWhere({ ...none, endpoint, environment, cwd: CWD() })).way).toBe(way);
  });

  it('an option wins over the environment', async () => {
    const environment = { XDG_CONFIG_HOME: home, VARVE_ENDPOINT: 'https://x', VARVE_DATA: '/d', VARVE_PROFILE: 'two' };
    expect(await findWhere({ ...none, data: '/given', environment, cwd: CWD() })).toEqual({
      way: '--data',
      folder: '/given',
    });
    expect(await findWhere({ ...none, profile: 'one', environment, cwd: CWD() })).toMatchObject({
      way: '--profile',
      endpoint: 'https://one.example.com/',
    });
  });

  it('two options that say it are refused, and so is a profile that there is not', async () => {
    const input = { ...none, environment: { XDG_CONFIG_HOME: home }, cwd: CWD() };
    await expect(findWhere({ ...input, profile: 'one', data: '/d' })).rejects.toThrow('--profile and --data both');
    await expect(findWhere({ ...input, profile: 'nine' })).rejects.toMatchObject({ code: 'NotFound' });
  });
});

describe('a key on standard input', () => {
  const typed = async (keys: string) => {
    const raw: boolean[] = [];
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (isRaw: boolean) => raw.push(isRaw) });
    input.write(keys);
    let shown = '';
    const secret = await readSecret(input, (text) => (shown += text), 'Key: ').catch((error: unknown) => error);
    return { secret, shown, raw };
  };

  it('is typed unseen, with mistakes erased', async () => {
    expect(await typed('kez\u007fy\r')).toEqual({ secret: 'key', shown: 'Key: \n', raw: [true, false] });
  });

  it('Ctrl-C ends it, and the terminal is as it was', async () => {
    expect(await typed('ke\u0003')).toMatchObject({ secret: { code: 'Interrupted' }, raw: [true, false] });
  });

  it('comes by a pipe as a whole', async () => {
    const input = new PassThrough();
    input.end('key\n');
    expect(await readSecret(input, () => undefined, '')).toBe('key');
    const flood = new PassThrough();
    flood.end('k'.repeat(5000));
    await expect(readSecret(flood, () => undefined, '')).rejects.toMatchObject({ code: 'InvalidParameter' });
  });
});

describe('varve login', () => {
  let cli: CliHarness;
  beforeAll(async () => {
    cli = await createCliHarness();
  });
  afterAll(() => cli.close());

  const NOTHING_SET = { VARVE_ENDPOINT: '', VARVE_API_KEY: '' };
  const endpoint = () => cli.environment.VARVE_ENDPOINT ?? '';

  it('keeps a key that the service accepts, and never shows it', async () => {
    const input = Buffer.from(`${cli.account.key}\n`);
    const options = { environment: NOTHING_SET };
    const done = await cli.run(['login', '--endpoint', endpoint(), '--json'], { ...options, input });
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(done.stdout)).toMatchObject({
      profile: 'default',
      role: 'ADMIN',
      account: { id: cli.account.id },
    });
    const status = await cli.run(['status', '--json'], options);
    expect(JSON.parse(status.stdout).chosen).toEqual({
      endpoint: 'profile default, by varve profile use; no .varve folder is here or above',
      apiKey: 'profile default',
    });
    const shown = await cli.run(['status'], options);
    const list = await cli.run(['profile', 'list'], options);
    for (const { stdout, stderr } of [done, status, shown, list])
      expect(stdout + stderr).not.toContain(cli.account.key);
    expect(list.stdout).toContain('default');
    expect(readFileSync(cli.path('varve/default.profile.json'), 'utf8')).toContain(cli.account.key);
    expect((await cli.run(['profile', 'remove', 'default'], options)).code).toBe(0);
    const nowhere = await cli.run(['status'], options);
    expect(nowhere.code).toBe(6);
    for (const way of ['varve server', '--data', 'VARVE_DATA', '--endpoint', 'VARVE_ENDPOINT', 'varve login'])
      expect(nowhere.stderr).toContain(way);
  });

  it.each([
    ['a key that the service does not know', [], 'wrong', 7],
    ['no key', [], '', 2],
    ['a key as an argument', ['--api-key', 'k'], 'k', 2],
    ['a region that there is not', ['--region', 'nowhere'], undefined, 2],
  ])('%s is refused, and nothing is kept', async (_, words, key, code) => {
    const input = Buffer.from(key ?? cli.account.key);
    const { code: ended, stdout } = await cli.run(['login', '--endpoint', endpoint(), ...words], {
      input,
      environment: NOTHING_SET,
    });
    expect([ended, stdout]).toEqual([code, '']);
    expect(await cli.json('profile', 'list')).toMatchObject({ profiles: [] });
  });

  it('a profile has a region, which commands then use', async () => {
    const environment = NOTHING_SET;
    const words = ['profile', 'add', 'north', '--endpoint', endpoint(), '--region', 'nowhere'];
    const input = Buffer.from(cli.account.key);
    expect((await cli.run(words, { input, environment })).code).toBe(0);
    const { code, stderr } = await cli.run(['disk', 'list', '--json'], {
      environment: { ...environment, VARVE_PROFILE: 'north' },
    });
    expect([code, stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining('is not a region of this installation'),
    ]);
  });
});
