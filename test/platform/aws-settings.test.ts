import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MAKES_A_CLIENT = /new (?:DynamoDB|S3|SQS|KMS|Lambda)Client\(([^;]*?)\)[;,)]/g;

test('C8: every client of the SDK in the sources has the limits of awsSettings', async () => {
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join('src', file), 'utf8')));
  const made = texts.flatMap((text, at) => [...text.matchAll(MAKES_A_CLIENT)].map(([call]) => `${files[at]}: ${call}`));
  expect(made.length).toBeGreaterThanOrEqual(6); // an expression that finds nothing proves nothing
  expect(made.filter((call) => !call.includes('awsSettings('))).toEqual([]);
});
