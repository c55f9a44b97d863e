import { describe, expect, test } from 'vitest';
import { costOf } from '../../bench/requests/prices.ts';
import { noteOf, unitsOf } from '../../bench/requests/request-note.ts';
import { tallyOf } from '../../bench/requests/tally.ts';

const sent = { method: 'GET', path: '/', target: '', authorization: '' };
const SIGNED = '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=abc';
const HEADER = 'AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/s3/aws4_request';

describe('which request is whose', () => {
  test.each([
    ['an object by signed URL', { path: `/bucket/objects/d/1${SIGNED}` }, { service: 's3', operation: 'GET' }],
    ['an upload', { method: 'PUT', path: `/bucket/objects/d/1${SIGNED}` }, { service: 's3', operation: 'PUT' }],
    ['a list', { path: '/bucket?prefix=x', authorization: HEADER }, { service: 's3', operation: 'LIST' }],
    [
      'a deletion of many',
      { method: 'POST', path: '/bucket?delete', authorization: HEADER },
      { service: 's3', operation: 'DELETE' },
    ],
    ['DynamoDB', { target: 'DynamoDB_20120810.Query' }, { service: 'dynamodb', operation: 'Query' }],
    ['SQS', { target: 'AmazonSQS.SendMessage' }, { service: 'sqs', operation: 'SendMessage' }],
    ['the API', { method: 'POST', path: '/graphql' }, { service: 'api', operation: 'call' }],
    ['something else', { path: '/2015-03-31/functions/x' }, undefined],
  ])('%s', (_, request, note) => {
    expect(noteOf({ ...sent, ...request })).toEqual(note);
  });
});

test('units are those that DynamoDB tells, for one table or several', () => {
  const query = { service: 'dynamodb', operation: 'Query' } as const;
  const write = { service: 'dynamodb', operation: 'TransactWriteItems' } as const;
  expect(unitsOf(query, '{"ConsumedCapacity":{"CapacityUnits":2.5}}')).toEqual({ readUnits: 2.5 });
  expect(unitsOf(write, '{"ConsumedCapacity":[{"CapacityUnits":4},{"CapacityUnits":2}]}')).toEqual({ writeUnits: 6 });
  expect(unitsOf(write, '{"__type":"TransactionCanceledException"}')).toEqual({ writeUnits: 1 });
});

test('a tally and what it costs', () => {
  const tally = tallyOf([
    { service: 's3', operation: 'PUT' },
    { service: 's3', operation: 'LIST' },
    { service: 's3', operation: 'HEAD' },
    { service: 'dynamodb', operation: 'Query', readUnits: 1.5 },
    { service: 'dynamodb', operation: 'TransactWriteItems', writeUnits: 4 },
    { service: 'sqs', operation: 'SendMessage' },
    { service: 'sqs', operation: 'ReceiveMessage' },
    { service: 'api', operation: 'call' },
  ]);
  expect(tally).toEqual({
    apiCalls: 1,
    s3Writes: 2,
    s3Reads: 1,
    s3Deletes: 0,
    dynamoRequests: 2,
    readUnits: 1.5,
    writeUnits: 4,
    messages: 1,
  });
  // 2 x 5 + 0.4 + 1.5 x 0.125 + 4 x 0.625 + (3 x 0.4 + 0.2) + (1 + 0.2) millionths of a dollar
  expect(costOf(tally)).toBeCloseTo(15.6875e-6, 12);
});
