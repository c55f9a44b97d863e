import * as Kms from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createKmsKeys } from '../../src/platform/keys/kms.ts';
import { TEST_CREDENTIALS } from '../support/engines.ts';
import { codeOf } from './keys-suite.ts';

/*
 * There is no KMS engine on npm that keeps KMS's promises, so these tests hold the wire form
 * instead. They check the bytes that the SDK would send, and what we make of the bytes that KMS
 * documents as answers.
 */

const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

interface Sent {
  readonly operation: string;
  readonly body: unknown;
}

function wire(status: number, answer: object, headers: Record<string, string> = {}) {
  const sent: Sent[] = [];
  const handle = async (request: { headers: Record<string, string>; body: Uint8Array }) => {
    sent.push({
      operation: request.headers['x-amz-target'] ?? '',
      body: JSON.parse(new TextDecoder().decode(request.body)),
    });
    const body = new Blob([JSON.stringify(answer)]).stream();
    return {
      response: { statusCode: status, headers: { 'content-type': 'application/x-amz-json-1.1', ...headers }, body },
    };
  };
  const client = new Kms.KMSClient({
    region: 'eu-central-1',
    credentials: TEST_CREDENTIALS,
    maxAttempts: 1,
    requestHandler: { handle } as never,
  });
  const asked: (string | undefined)[] = [];
  const clientOf = (region?: string) => {
    asked.push(region);
    return client;
  };
  const awsRegionOf = (region: string) => (region === 'there' ? 'eu-north-1' : 'eu-central-1');
  const options = { clientOf, awsRegionOf, commands: Kms, random: () => 0, retry: { attempts: 2 } };
  return { keys: createKmsKeys(options), sent, asked };
}

test('a new data key is asked for wrapped alone, with the context, and kept under the ARN', async () => {
  const { keys, sent } = wire(200, { CiphertextBlob: 'AQIDBA==', KeyId: ARN });
  expect(await keys.generateWrapped('alias/varve')).toEqual({ keyId: ARN, wrapped: 'AQIDBA==' });
  expect(sent).toEqual([
    {
      operation: 'TrentService.GenerateDataKeyWithoutPlaintext',
      body: { KeyId: 'alias/varve', KeySpec: 'AES_256', EncryptionContext: { 'varve:use': 'domain-data-key' } },
    },
  ]);
});

test('a wrapped key is opened under its key and the same context', async () => {
  const plain = Buffer.alloc(32, 3);
  const { keys, sent } = wire(200, { Plaintext: plain.toString('base64'), KeyId: ARN });
  expect(await keys.unwrap({ keyId: ARN, wrapped: 'AQIDBA==' })).toEqual(plain);
  expect(sent).toEqual([
    {
      operation: 'TrentService.Decrypt',
      body: { KeyId: ARN, CiphertextBlob: 'AQIDBA==', EncryptionContext: { 'varve:use': 'domain-data-key' } },
    },
  ]);
});

const MRK = 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab';

test('7.1 a multi-Region key wraps a data key again in the other region, unseen', async () => {
  const { keys, sent, asked } = wire(200, { CiphertextBlob: 'BQYHCA==', KeyId: MRK });
  const there = MRK.replace('eu-central-1', 'eu-north-1');
  expect(await keys.rewrap({ keyId: MRK, wrapped: 'AQIDBA==' }, 'there')).toEqual({
    keyId: there,
    wrapped: 'BQYHCA==',
  });
  const context = { 'varve:use': 'domain-data-key' };
  expect(sent).toEqual([
    {
      operation: 'TrentService.ReEncrypt',
      body: {
        CiphertextBlob: 'AQIDBA==',
        SourceKeyId: there,
        SourceEncryptionContext: context,
        DestinationKeyId: there,
        DestinationEncryptionContext: context,
      },
    },
  ]);
  expect(asked).toEqual(['eu-north-1']);
});

test('7.1 a key of one region alone cannot be used in another', async () => {
  const { keys, sent } = wire(200, {});
  expect(await codeOf(keys.rewrap({ keyId: ARN, wrapped: 'AQIDBA==' }, 'there'))).toBe('KeyUnavailable');
  expect(sent).toEqual([]);
});

test.each([
  ['AccessDeniedException', 400, 'KeyUnavailable'],
  ['NotFoundException', 400, 'KeyUnavailable'],
  ['DisabledException', 400, 'KeyUnavailable'],
  ['KMSInvalidStateException', 400, 'KeyUnavailable'],
  ['InvalidCiphertextException', 400, 'KeyUnavailable'],
  ['IncorrectKeyException', 400, 'KeyUnavailable'],
  ['ThrottlingException', 400, 'Throttled'],
  ['KMSInternalException', 500, 'Throttled'],
])('%s (%i) is %s', async (type, status, code) => {
  const { keys } = wire(status, { __type: type, message: 'planned' });
  expect(await codeOf(keys.generateWrapped(ARN))).toBe(code);
  expect(await codeOf(keys.unwrap({ keyId: ARN, wrapped: 'AQIDBA==' }))).toBe(code);
});

test('anything else stays what it is', async () => {
  const { keys } = wire(400, { __type: 'UnrecognizedClientException', message: 'The security token is invalid.' });
  await expect(keys.generateWrapped(ARN)).rejects.toThrow('The security token is invalid.');
});
