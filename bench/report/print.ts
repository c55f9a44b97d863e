import type { Requests } from '../measures/requests.ts';
import { costOf } from '../requests/prices.ts';
import { dollars } from './numbers.ts';
import type { Section } from './rows.ts';
import { textTable } from './text-table.ts';

const HEAD = ['', 'median', 'least – most', 'target', '', 'peak MiB'];

export function sectionsText(all: readonly Section[]): string {
  const lines = all.flatMap(({ title, rows }) => [
    [`# ${title}`],
    ...rows.map(({ what, value, spread = '', target = '', reached, peakMib }) => {
      const verdict = reached === undefined ? '' : reached ? 'reached' : 'NOT reached';
      return [what, value, spread, target, verdict, peakMib === undefined ? '' : peakMib.toFixed(0)];
    }),
  ]);
  const judged = all.flatMap(({ rows }) => rows).filter(({ reached }) => reached !== undefined);
  const reached = judged.filter((row) => row.reached).length;
  return `${textTable(HEAD, lines)}\n\n${reached} of ${judged.length} targets reached.`;
}

const REQUEST_HEAD = [
  'requests of one',
  'API',
  'S3 PUT',
  'S3 GET',
  'S3 del',
  'DynamoDB',
  'read units',
  'write units',
  'SQS',
  'AWS list price',
];

export function requestsText(requests: Requests): string {
  const lines = Object.entries(requests).map(([operation, tally]) => [
    operation,
    ...[
      tally.apiCalls,
      tally.s3Writes,
      tally.s3Reads,
      tally.s3Deletes,
      tally.dynamoRequests,
      tally.readUnits,
      tally.writeUnits,
      tally.messages,
    ].map((count) => `${Math.round(count)}`),
    dollars(costOf(tally)),
  ]);
  return textTable(REQUEST_HEAD, lines);
}
