import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { binaryChild, startChild } from '../../src/local/emulator/child.ts';
import { chooseDatabase, type DatabaseName } from '../../src/local/emulator/dynamodb.ts';
import { openDataFolder } from '../../src/local/folder/open.ts';
import { acceptsConnections, freePort, LOOPBACK } from '../../src/local/ports.ts';
import { ensureTable } from '../../src/offline/table.ts';
import { readTemplate } from '../../src/offline/template.ts';
import { everyRow } from '../../src/platform/catalogue/sqlite/every-row.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { createGrantUrls } from '../../src/platform/objects/folder/url.ts';
import { openFolderObjects } from '../../src/platform/objects/folder.ts';
import { filesBelow } from './files-below.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A data folder as earlier versions of Varve left it, and what is in it. */
export interface EarlierFolder extends Disposable {
  readonly path: string;
  /** By key. */
  readonly objects: ReadonlyMap<string, string>;
  /** By partition and sort key, with all fields. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** A folder of its own with the same. */
  copy(): { readonly path: string } & Disposable;
}

const NOW_S = Math.floor(Date.now() / 1000);
const OBJECTS = 40;
const ROWS = 1_300; // more than one page of a scan, and than one transaction

/** Its catalogue is written by the engine itself. */
export async function makeEarlierFolder(database?: DatabaseName): Promise<EarlierFolder> {
  const path = mkdtempSync(join(tmpdir(), 'varve-earlier-'));
  const engine = chooseDatabase(database);
  const [objects, rows] = [someObjects(), someRows()];
  for (const [key, text] of objects) writeObject(path, key, text);
  for (const name of ['incoming', 'code', 'logs']) mkdirSync(join(path, name));
  writeFileSync(join(path, 'incoming/half-an-upload'), 'half');
  writeFileSync(join(path, 'keys.json'), '{"keys":{}}');
  writeFileSync(join(path, 'admin.key'), 'vk_0000000000000000_00\n');
  const marker = { format: 1, database: engine.name, complete: true, rebuilding: false };
  writeFileSync(join(path, 'varve.json'), `${JSON.stringify(marker)}\n`);
  const port = await freePort();
  const command = engine.command({ port, folder: path });
  const child = startChild(
    binaryChild({ ...command, name: 'dynamodb', environment: {}, cwd: path, logs: join(path, 'logs') }),
  );
  await child.readyWhen(() => acceptsConnections(port));
  await writeRows(port, [...rows.values()]);
  // As a machine that was switched off: what SQLite has beside the file is needed.
  await child.stop(0);
  return {
    path,
    objects,
    rows,
    copy: () => {
      const copied = mkdtempSync(join(tmpdir(), 'varve-earlier-'));
      cpSync(path, copied, { recursive: true, preserveTimestamps: true });
      return { path: copied, [Symbol.dispose]: () => rmSync(copied, { recursive: true, force: true }) };
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** As s3rver stores it. */
export function writeObject(path: string, key: string, text: string): void {
  const file = join(path, 'objects/varve-local', key);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}._S3rver_object`, text);
  writeFileSync(`${file}._S3rver_object.md5`, createHash('md5').update(text).digest('hex'));
  writeFileSync(`${file}._S3rver_metadata.json`, '{}');
}

function someObjects(): Map<string, string> {
  const blocks = Array.from({ length: OBJECTS }, (_, at) => {
    const id = createHash('sha256').update(`${at}`).digest('hex');
    return [`objects/domain-${at % 2}/${id}`, `the bytes of ${id}`] as const;
  });
  return new Map([...blocks, ['manifests/local/d-1/000000000001', '{"a":1}'], ['manifests/local/d-1/head', '{}']]);
}

function someRows(): Map<string, Record<string, unknown>> {
  const rows = Array.from({ length: ROWS }, (_, at) => ({
    pk: `thing\u0001${at % 7}`,
    sk: `thing\u0001${String(at).padStart(16, '0')}`,
    text: `\u00e4 "quoted" \ud83d\ude00 ${'x'.repeat(at)}`,
    count: at - 500,
    half: at / 8,
    large: Number.MAX_SAFE_INTEGER - at,
    isOdd: at % 2 === 1,
    list: [1, 'two', [true, null], { three: 3 }],
    map: { deep: { deeper: [at] }, empty: '', none: {} },
    ...(at % 3 === 0 && { gsi1pk: `things\u0001${at % 5}`, gsi1sk: `things\u0001${at}` }),
    ...(at % 4 === 0 && { gsi2pk: `others\u0001${at % 2}`, gsi2sk: `others\u0001${at}` }),
    ...(at % 5 === 0 && { ttl: NOW_S + 100_000 + at }),
  }));
  return new Map(rows.map((row) => [`${row.pk} ${row.sk}`, row]));
}

async function writeRows(port: number, rows: readonly object[]): Promise<void> {
  const credentials = { accessKeyId: 'tests', secretAccessKey: 'tests' };
  const client = new DynamoDBClient({ endpoint: `http://${LOOPBACK}:${port}`, region: 'us-east-1', credentials });
  await ensureTable(client, 'varve', readTemplate(ROOT));
  const documents = DynamoDBDocumentClient.from(client);
  const lanes = Array.from({ length: 16 }, async (_, lane) => {
    for (let at = lane; at < rows.length; at += 16)
      await documents.send(new PutCommand({ TableName: 'varve', Item: rows[at] as Record<string, unknown> }));
  });
  await Promise.all(lanes);
  client.destroy();
}

/** The SHA-256 of every file below, by its path. */
export function filesIn(folder: string): Map<string, string> {
  const sumOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return new Map(
    filesBelow(folder)
      .sort()
      .map((path) => [path.slice(folder.length + 1), sumOf(path)]),
  );
}

const OLD_PARTS = /^(objects\/|catalogue\.db|keys\.json|admin\.key)/;

/** What the earlier version had, wherever it is now, byte for byte. */
export function oldParts(path: string): [string, string][] {
  const files = [...filesIn(path)].filter(([name]) => !name.startsWith('taking-over/'));
  const isTakenOver = files.some(([name]) => name.startsWith('earlier/objects/'));
  const own = isTakenOver
    ? files.flatMap(([name, sum]) =>
        name.startsWith('earlier/') || /\.(json|key)$/.test(name) || name.startsWith('catalogue.db')
          ? [[name.replace(/^earlier\//, ''), sum] as [string, string]]
          : [],
      )
    : files;
  return own.filter(([name]) => OLD_PARTS.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** That everything is in the folder as this version reads it. */
export async function expectTakenOver(path: string, earlier: EarlierFolder): Promise<void> {
  openDataFolder({ path, opening: 'make', withoutKeys: false }).unlock();
  const urls = createGrantUrls('http://localhost', new Uint8Array(32));
  const objects = await openFolderObjects({ path, urls, clock: systemClock });
  const { keys } = await objects.list('', { limit: 1000 });
  expect(keys.map(({ key }) => key)).toEqual([...earlier.objects.keys()].sort());
  for (const [key, text] of earlier.objects) expect((await objects.get(key))?.toString()).toBe(text);
  const rows = new Map(
    [...everyRow(join(path, 'catalogue.sqlite'))].map(({ pk, sk, keys: indexed, item }) => [
      `${pk} ${sk}`,
      { pk, sk, ...indexed, ...item },
    ]),
  );
  expect(rows).toEqual(earlier.rows);
}
