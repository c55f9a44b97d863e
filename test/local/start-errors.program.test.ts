import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import { refuseForeign } from '../../src/local/folder/contents.ts';
import { networkOf } from '../../src/local/folder/file-system.ts';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt } from '../support/launcher.ts';
import { startVarve, temporaryFolder } from './running.ts';

/** What a finished first start leaves behind, as far as the checks look. */
function madeBefore(path: string): void {
  writeFileSync(join(path, 'varve.json'), '{"format":2,"complete":true}');
  writeFileSync(join(path, 'keys.json'), '{}', { mode: 0o600 });
  mkdirSync(join(path, 'objects'));
  const database = new DatabaseSync(join(path, 'catalogue.sqlite'));
  database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)');
  const insert = database.prepare('INSERT INTO rows (text) VALUES (?)');
  database.exec('BEGIN');
  for (let row = 0; row < 500; row++) insert.run('x'.repeat(200));
  database.exec('COMMIT');
  database.close();
}

/** What is left of an installation whose catalogue and marker are lost. */
function bucketOnly(path: string): void {
  const manifests = join(path, 'objects/manifests/local/d-1/=00');
  mkdirSync(manifests, { recursive: true });
  writeFileSync(join(manifests, '000000000001'), 'varve-manifest');
  writeFileSync(join(path, 'keys.json'), '{}', { mode: 0o600 });
  for (const part of ['incoming', 'logs']) {
    mkdirSync(join(path, part));
    writeFileSync(join(path, part, 'kept'), 'kept');
  }
}

/** What comes behind the sentence, if it is about the data folder. */
const HINT = 'varve doctor looks at the data folder.';
const OTHER_HINT = 'See: varve server --help';

async function failure(
  args: readonly string[],
  command?: string,
): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const isGiven = ['--help', '--port', '--listen'].some((option) => args.includes(option));
  const port = command === undefined && !isGiven ? ['--port', `${await freePort()}`] : [];
  await using running = startVarve([...args, ...port], command);
  const code = await running.exit();
  return { code, stderr: running.stderr().trimEnd(), stdout: running.stdout() };
}

beforeAll(cliBuilt);

describe('a start that cannot go on says why in one sentence', () => {
  it.each([
    [['--port', 'high'], '--port must be a whole number', 2],
    [['--port', '0'], '--port must be a whole number', 2],
    [['--port', '65536'], '--port: a port is a number from 1 to 65535.', 2],
    [['--data', ''], '--data needs a value', 2],
    [['--date', 'x'], "Unknown option --date for 'varve server'.", 2],
    [['here'], 'here', 2],
    [['--data', '/proc/varve/data'], 'The data folder /proc/varve/data cannot be made', 1],
  ])('options %j', async (args, sentence, exitCode) => {
    const { code, stderr } = await failure(args);
    expect([code, stderr]).toEqual([exitCode, expect.stringContaining(sentence)]);
  });

  it('a setting in the environment', async () => {
    using folder = temporaryFolder();
    process.env.VARVE_SCRUB_EVERY_DAYS = 'often';
    try {
      const { code, stderr } = await failure(['--data', folder.path]);
      const sentence = 'varve: VARVE_SCRUB_EVERY_DAYS must be a number of days, 0 or more.';
      expect([code, stderr]).toEqual([1, `${sentence}\n${OTHER_HINT}`]);
    } finally {
      delete process.env.VARVE_SCRUB_EVERY_DAYS;
    }
  });

  it.each([
    {
      name: 'a path through a file',
      place: 'file/below',
      prepare: (path: string) => writeFileSync(join(path, 'file'), ''),
      sentence: 'a part of the path is a file',
    },
    {
      name: 'a file in the way',
      place: 'file',
      prepare: (path: string) => writeFileSync(join(path, 'file'), ''),
      sentence: 'a file is in the way',
    },
    {
      name: 'foreign files',
      place: '.',
      prepare: (path: string) => writeFileSync(join(path, 'thesis.txt'), ''),
      sentence: 'it holds "thesis.txt"',
    },
    {
      name: 'an unreadable marker',
      place: '.',
      prepare: (path: string) => writeFileSync(join(path, 'varve.json'), '{"form'),
      sentence: 'varve.json is not readable',
    },
    {
      name: 'another format',
      place: '.',
      prepare: (path: string) => writeFileSync(join(path, 'varve.json'), '{"format":5,"complete":true}'),
      sentence: 'has format 5; this version of Varve reads formats up to 4',
    },
    {
      name: 'a catalogue cut to nothing',
      place: '.',
      prepare: cut(0),
      sentence: 'catalogue.sqlite is not intact (it is empty)',
    },
    {
      name: 'a catalogue that is no database',
      place: '.',
      prepare: overwrite(0),
      sentence: 'catalogue.sqlite is not intact (',
    },
    {
      name: 'no catalogue',
      place: '.',
      prepare: without('catalogue.sqlite'),
      sentence: 'catalogue.sqlite is missing. "npx varve rebuild --from-bucket --data ',
    },
    {
      name: 'a catalogue of a later version',
      place: '.',
      prepare: (path: string) => {
        madeBefore(path);
        const database = new DatabaseSync(join(path, 'catalogue.sqlite'));
        database.exec('PRAGMA user_version = 99');
        database.close();
      },
      sentence:
        'catalogue.sqlite has version 99; this Varve knows versions up to 1: run the Varve that wrote it, or a later one.',
    },
    { name: 'no objects', place: '.', prepare: without('objects'), sentence: 'objects is missing.' },
    {
      name: 'no keys',
      place: '.',
      prepare: without('keys.json'),
      sentence: 'keys.json is missing. Put it back from its backup.',
    },
    {
      name: 'objects alone, of a start that was killed',
      place: '.',
      prepare: killedFirst('keys.json'),
      sentence: 'keys.json is missing.',
    },
    {
      name: 'objects and keys alone',
      place: '.',
      prepare: killedFirst('catalogue.sqlite'),
      sentence: 'catalogue.sqlite is missing.',
    },
    {
      name: 'a rebuild that was interrupted',
      place: '.',
      prepare: (path: string) => {
        madeBefore(path);
        const marker = '{"format":2,"complete":true,"rebuilding":true}';
        writeFileSync(join(path, 'varve.json'), marker);
      },
      sentence: 'was interrupted: run "npx varve rebuild --from-bucket --data ',
    },
  ])('$name', async ({ place, prepare, sentence }) => {
    using folder = temporaryFolder();
    prepare(folder.path);
    const before = execFileSync('ls', ['-R', folder.path], { encoding: 'utf8' });
    const { code, stderr, stdout } = await failure([
      '--data',
      join(folder.path, place),
      '--port',
      `${await freePort()}`,
    ]);
    expect(stderr).toContain(sentence);
    expect(stderr.split('\n')).toEqual([expect.any(String), HINT]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    if (sentence.includes('holds') || sentence.includes('format')) {
      expect(execFileSync('ls', ['-R', folder.path], { encoding: 'utf8' })).toBe(before);
    }
  });

  it.each([
    {
      name: 'the repository of another program',
      prepare: (path: string) => {
        bucketOnly(path);
        rmSync(join(path, 'objects/manifests'), { recursive: true });
        mkdirSync(join(path, 'objects/pack'));
      },
      sentence: 'There is nothing to rebuild from',
    },
    {
      name: 'a bucket whose manifests are gone',
      prepare: (path: string) => {
        bucketOnly(path);
        rmSync(join(path, 'objects/manifests/local/d-1/=00/000000000001'));
      },
      sentence: 'There is nothing to rebuild from',
    },
    {
      name: 'a bucket among other things',
      prepare: (path: string) => {
        bucketOnly(path);
        writeFileSync(join(path, 'thesis.txt'), '');
      },
      sentence: 'it holds "thesis.txt"',
    },
    {
      name: 'lost keys',
      prepare: (path: string) => {
        bucketOnly(path);
        rmSync(join(path, 'keys.json'));
      },
      sentence: 'keys.json is missing. Put it back from its backup.',
    },
  ])('a rebuild of $name', async ({ prepare, sentence }) => {
    using folder = temporaryFolder();
    prepare(folder.path);
    const list = () => readdirSync(folder.path, { recursive: true }).filter((name) => !String(name).startsWith('lock'));
    const before = list();
    const { code, stderr, stdout } = await failure(['--from-bucket', '--data', folder.path], 'rebuild');
    expect(stderr).toContain(sentence);
    expect(stderr.split('\n')).toEqual([expect.any(String), HINT]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(list()).toEqual(before);
  });

  it('asked for help, it tells its options', async () => {
    const { code, stderr, stdout } = await failure(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('--data DIR');
  });

  it('a port in use', async () => {
    using folder = temporaryFolder();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await failure(['--data', folder.path, '--port', `${port}`]);
    server.close();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `varve: Port ${port} is in use: choose another with --port.\n${OTHER_HINT}`,
    });
  });

  it.each([
    ['a port in use', (port: number) => ['--port', `${port}`]],
    ['no certificate', () => ['--listen', '127.0.0.1:9', '--tls-cert', '/no', '--tls-key', '/no', '--host', 'a']],
  ])('%s leaves no folder that was not there', async (_, options) => {
    using folder = temporaryFolder();
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const data = join(folder.path, 'data');
    expect((await failure(['--data', data, ...options(port)])).code).toBe(1);
    server.close();
    expect(existsSync(data)).toBe(false);
  });

  it('a port that no browser asks', async () => {
    using folder = temporaryFolder();
    const { code, stderr } = await failure(['--data', folder.path, '--port', '4190']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `varve: Port 4190 is one that browsers and fetch refuse to ask: choose another with --port.\n${OTHER_HINT}`,
    });
  });
});

function cut(bytes: number): (path: string) => void {
  return (path) => {
    madeBefore(path);
    truncateSync(join(path, 'catalogue.sqlite'), bytes);
  };
}

function overwrite(at: number): (path: string) => void {
  return (path) => {
    madeBefore(path);
    const file = join(path, 'catalogue.sqlite');
    writeFileSync(file, readFileSync(file).fill(0xa5, at, at + 4096));
  };
}

function without(name: string): (path: string) => void {
  return (path) => {
    madeBefore(path);
    rmSync(join(path, name), { recursive: true });
  };
}

/** Nothing says that it was ever up, and yet something was stored. */
function killedFirst(lost: string): (path: string) => void {
  return (path) => {
    madeBefore(path);
    bucketOnly(path);
    writeFileSync(join(path, 'varve.json'), '{"format":2,"complete":false}');
    rmSync(join(path, lost));
  };
}

it('the root of a new ext4 file system is no foreign folder', () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'lost+found'));
  refuseForeign(folder.path, 'make');
  refuseForeign(folder.path, 'rescue');
  writeFileSync(join(folder.path, 'thesis.txt'), '');
  expect(() => refuseForeign(folder.path, 'make')).toThrow('it holds "thesis.txt"');
});

it.each([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xff534d42 | 0, 'CIFS'],
  [0xef53, undefined],
  [0x01021994, undefined],
])('a file system of type %i is %s', (type, network) => {
  expect(networkOf(type)).toBe(network);
});
