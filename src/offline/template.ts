import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import { LOCAL_AWS_ACCOUNT, LOCAL_AWS_REGION } from './aws-names.ts';

/** What `serverless.yml` says of the resources that the single machine has, too. */
export interface Template {
  readonly table: Pick<
    CreateTableCommandInput,
    'BillingMode' | 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes'
  >;
  readonly ttlAttribute: string;
  readonly queues: readonly QueueSpec[];
  readonly workQueue: string;
  readonly notifyQueue: string;
  /** What stands before a function's name where it is called. */
  readonly functionPrefix: string;
}

export interface QueueSpec {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface ServerlessFile {
  readonly service: string;
  readonly provider: { readonly stage: string };
  readonly resources: { readonly Resources: Resources };
}
interface Resources {
  readonly Table: { readonly Properties: Template['table'] & { TimeToLiveSpecification: { AttributeName: string } } };
}
/** functions/queues.yml, which the template takes its queues from. */
interface Queues {
  readonly WorkQueue: { readonly Properties: QueueProperties };
  readonly NotifyQueue: { readonly Properties: QueueProperties };
  readonly DeadLetterQueue: { readonly Properties: QueueProperties };
}
interface QueueProperties {
  readonly QueueName: string;
  readonly VisibilityTimeout?: number;
  readonly MessageRetentionPeriod: number;
  readonly RedrivePolicy?: { readonly maxReceiveCount: number };
}

export function readTemplate(root: string): Template {
  const read = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'), { merge: true });
  const file = read('serverless.yml') as ServerlessFile;
  const { Table } = file.resources.Resources;
  const { WorkQueue, NotifyQueue, DeadLetterQueue } = read('functions/queues.yml') as Queues;
  const { BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, TimeToLiveSpecification } =
    Table.Properties;
  const name = (queue: QueueProperties): string =>
    queue.QueueName.replace('${self:service}', file.service).replace('${sls:stage}', file.provider.stage);
  const dead = name(DeadLetterQueue.Properties);
  const queue = (properties: QueueProperties): QueueSpec => ({
    name: name(properties),
    attributes: {
      MessageRetentionPeriod: String(properties.MessageRetentionPeriod),
      ...(properties.VisibilityTimeout === undefined
        ? {}
        : { VisibilityTimeout: String(properties.VisibilityTimeout) }),
      ...(properties.RedrivePolicy === undefined
        ? {}
        : {
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: `arn:aws:sqs:${LOCAL_AWS_REGION}:${LOCAL_AWS_ACCOUNT}:${dead}`,
              maxReceiveCount: properties.RedrivePolicy.maxReceiveCount,
            }),
          }),
    },
  });
  return {
    table: { BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes },
    ttlAttribute: TimeToLiveSpecification.AttributeName,
    queues: [queue(DeadLetterQueue.Properties), queue(WorkQueue.Properties), queue(NotifyQueue.Properties)],
    workQueue: name(WorkQueue.Properties),
    notifyQueue: name(NotifyQueue.Properties),
    functionPrefix: `${file.service}-${file.provider.stage}-`,
  };
}
