import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../src/offline/build.ts';
import { readTemplate } from '../../src/offline/template.ts';
import { partitionPrefix } from '../../src/platform/catalogue/keys.ts';
import { EMF_NAMESPACE } from '../../src/service/figures/emf-names.ts';
import { auditEntity, auditHourEntity } from '../../src/service/model/audit/rows.ts';
import { emfFiguresOf } from '../support/emf.ts';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation has a shape for each type, looked into place by place
  readonly Properties: any;
}
interface AlarmMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly [AlarmDimension, ...AlarmDimension[]];
}
interface AlarmDimension {
  readonly Name: string;
  readonly Value: { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly string[] };
}
interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: readonly unknown[];
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const KIB = 1024;

describe('serverless package', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'varve-package-'));
  let resources: Record<string, Resource>;
  let outputs: Record<string, unknown>;

  beforeAll(() => {
    const cli = join(ROOT, 'node_modules/serverless/bin/serverless.js');
    execFileSync(process.execPath, [cli, 'package', '--package', folder], { cwd: ROOT, stdio: 'pipe' });
    const template = JSON.parse(readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8'));
    resources = template.Resources;
    outputs = template.Outputs;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const ofType = (type: string): [string, Resource][] =>
    Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const one = (name: string): Resource => {
    const resource = resources[name];
    if (resource === undefined) throw new Error(`no resource ${name}`);
    return resource;
  };

  it('makes the functions, each under a role of its own', () => {
    const functions = ofType('AWS::Lambda::Function').map(([, { Properties }]) => [
      Properties.Handler,
      Properties.Runtime,
      Properties.Role['Fn::GetAtt'][0],
    ]);
    expect(functions).toEqual([
      ['dist/graphql.handler', 'nodejs24.x', 'GraphqlRole'],
      ['dist/console.handler', 'nodejs24.x', 'ConsoleRole'],
      ['dist/worker.handler', 'nodejs24.x', 'WorkerRole'],
      ['dist/notifier.handler', 'nodejs24.x', 'NotifierRole'],
      ['dist/janitor.handler', 'nodejs24.x', 'JanitorRole'],
      ['dist/scheduler.handler', 'nodejs24.x', 'SchedulerRole'],
      ['dist/account.handler', 'nodejs24.x', 'AccountRole'],
      ['dist/rebuild.handler', 'nodejs24.x', 'RebuildRole'],
    ]);
    expect(ofType('AWS::IAM::Role').map(([name]) => name)).toEqual([
      'GraphqlRole',
      'WorkerRole',
      'NotifierRole',
      'ConsoleRole',
      'JanitorRole',
      'SchedulerRole',
      'AccountRole',
      'RebuildRole',
    ]);
  });

  it('grants no action by wildcard and nothing on every resource', () => {
    for (const [name, { Properties }] of ofType('AWS::IAM::Role')) {
      const statements: Statement[] = Properties.Policies.flatMap(
        (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
      );
      const actions = statements.flatMap(({ Action }) => Action);
      expect(
        actions.filter((action) => action.includes('*')),
        name,
      ).toEqual([]);
      expect(
        statements.flatMap((statement) => statement.Resource).filter((resource) => typeof resource === 'string'),
      ).toEqual([]);
    }
  });

  it.each([
    [
      'GraphqlRole',
      ['dynamodb', 'kms', 'logs', 's3', 'sqs'],
      ['kms:GenerateDataKeyWithoutPlaintext', 's3:PutObject', 'sqs:SendMessage'],
    ],
    ['ConsoleRole', ['logs'], ['logs:PutLogEvents']],
    ['WorkerRole', ['dynamodb', 'logs', 's3', 'sqs'], ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'sqs:SendMessage']],
    [
      'NotifierRole',
      ['dynamodb', 'events', 'logs', 'sqs'],
      ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
    ],
    ['JanitorRole', ['dynamodb', 'logs', 's3', 'sqs'], ['s3:DeleteObject', 'sqs:SendMessage']],
    ['SchedulerRole', ['dynamodb', 'logs', 'sqs'], ['dynamodb:UpdateItem', 'sqs:SendMessage']],
    ['AccountRole', ['dynamodb', 'logs', 's3', 'sqs'], ['dynamodb:PutItem', 's3:PutObject']],
  ])('%s reaches what its function uses', (name, services, some) => {
    const statements: Statement[] = one(name).Properties.Policies[0].PolicyDocument.Statement;
    const actions = statements.flatMap(({ Action }) => Action);
    expect([...new Set(actions.map((action) => action.split(':')[0]))].sort()).toEqual(services);
    expect(actions).toEqual(expect.arrayContaining(some));
    expect(actions).not.toContain('kms:Decrypt');
  });

  it('8.6: lets no function change or remove a record of the audit, and no one its copies', () => {
    const { Roles, PolicyDocument } = one('AuditPolicy').Properties;
    const roles = ofType('AWS::IAM::Role').filter(([, { Properties }]) =>
      JSON.stringify(Properties).includes('dynamodb:'),
    );
    expect(Roles).toEqual(roles.map(([name]) => ({ Ref: name })));
    expect(PolicyDocument.Statement).toEqual([
      {
        Sid: 'AuditIsAppendOnly',
        Effect: 'Deny',
        Action: ['dynamodb:DeleteItem', 'dynamodb:UpdateItem'],
        Resource: [{ 'Fn::GetAtt': ['Table', 'Arn'] }],
        Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['audit*'] } },
      },
    ]);
    expect(partitionPrefix(auditEntity)).toMatch(/^audit/);
    expect(partitionPrefix(auditHourEntity)).not.toMatch(/^audit/);
    const policy: Statement[] = one('BucketPolicy').Properties.PolicyDocument.Statement;
    const denied = policy.filter(({ Effect, Resource }) => Effect === 'Deny' && !Array.isArray(Resource));
    expect(denied.flatMap(({ Action }) => Action).sort()).toEqual([
      's3:DeleteObject',
      's3:DeleteObjectVersion',
      's3:PutObject',
    ]);
  });

  it('wakes the worker by the queue, janitor and scheduler by the minute, and routes the API', () => {
    const [[, mapping]] = ofType('AWS::Lambda::EventSourceMapping') as [[string, Resource]];
    expect(mapping.Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['WorkQueue', 'Arn'] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(one('WorkQueue').Properties.RedrivePolicy.deadLetterTargetArn).toEqual({
      'Fn::GetAtt': ['DeadLetterQueue', 'Arn'],
    });
    expect(one('WorkQueue').Properties.VisibilityTimeout).toBe(6 * one('WorkerLambdaFunction').Properties.Timeout);
    expect(ofType('AWS::Events::Rule').map(([, rule]) => rule.Properties.ScheduleExpression)).toEqual([
      'rate(1 minute)',
      'rate(1 minute)',
    ]);
    expect(one('HttpApi').Properties.CorsConfiguration.AllowMethods).toEqual(['GET', 'POST']);
    const routes = ofType('AWS::ApiGatewayV2::Route').map(([, route]) => String(route.Properties.RouteKey));
    const ofApi = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((method) => `${method} /graphql`);
    const ofPages = ['GET', 'HEAD'].flatMap((method) => [`${method} /`, `${method} /{path+}`]);
    expect(routes.sort()).toEqual([...ofApi, ...ofPages, 'ANY /console/session'].sort());
  });

  it('keeps the data safe', () => {
    for (const name of ['Table', 'Bucket', 'DiskKey']) expect(one(name).DeletionPolicy, name).toBe('Retain');
    expect(one('Table').Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect(Object.values(one('Bucket').Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(ofType('AWS::Logs::LogGroup').map(([, group]) => group.Properties.RetentionInDays)).toEqual([
      30, 30, 30, 30, 30, 30, 30, 30,
    ]);
  });

  const alarms = () => ofType('AWS::CloudWatch::Alarm');
  /** Of an alarm over several figures, those of each. */
  const metricsOf = ({ Properties }: Resource): readonly AlarmMetric[] =>
    Properties.Metrics === undefined
      ? [Properties]
      : Properties.Metrics.flatMap(
          (metric: { MetricStat?: { Metric: AlarmMetric } }) => metric.MetricStat?.Metric ?? [],
        );

  it('has one alarm for the errors of each function, and one over the throttles of all', () => {
    const functions = ofType('AWS::Lambda::Function').map(([name]) => name);
    const watching = (metric: string) =>
      alarms()
        .flatMap(([, alarm]) => metricsOf(alarm))
        .filter(({ Namespace, MetricName }) => Namespace === 'AWS/Lambda' && MetricName === metric)
        .map(({ Dimensions: [dimension] }) => dimension.Value.Ref);
    expect(watching('Errors').sort()).toEqual([...functions].sort());
    expect(watching('Throttles').sort()).toEqual([...functions].sort());
    expect(watching('AsyncEventAge').sort()).toEqual(['JanitorLambdaFunction', 'SchedulerLambdaFunction']);
  });

  it('has alarms for what waits, what was given up, 5xx, throttles, damage and failed runs', () => {
    const watched = alarms().flatMap(([, alarm]) => metricsOf(alarm).map(({ MetricName }) => MetricName));
    expect(watched).toEqual(
      expect.arrayContaining([
        'ApproximateAgeOfOldestMessage',
        'ApproximateNumberOfMessagesVisible',
        '5xx',
        'ReadThrottleEvents',
        'WriteThrottleEvents',
        'DamagedObjects',
        'PolicyRunsFailed',
        'RequestsFailed',
        'RoundsFailed',
        'ClockHold',
      ]),
    );
  });

  it('tells every alarm, when it comes and when it goes, to a topic that is an output', () => {
    for (const [name, { Properties }] of alarms()) {
      expect(Properties.AlarmActions, name).toEqual([{ Ref: 'Alarms' }]);
      expect(Properties.OKActions, name).toEqual([{ Ref: 'Alarms' }]);
      expect(Properties.TreatMissingData, name).toBe('notBreaching');
      expect(Properties.AlarmDescription.length, name).toBeGreaterThan(20);
    }
    expect(one('Alarms').Type).toBe('AWS::SNS::Topic');
    expect(outputs.AlarmsTopic).toEqual({ Value: { Ref: 'Alarms' } });
  });

  it('watches figures that there are, of resources that there are', () => {
    const figures = emfFiguresOf();
    for (const [name, alarm] of alarms()) {
      for (const { Namespace, MetricName, Dimensions } of metricsOf(alarm)) {
        if (Namespace === EMF_NAMESPACE) expect(figures, name).toContain(MetricName);
        for (const { Value } of Dimensions) {
          expect(Object.keys(resources), name).toContain(Value.Ref ?? Value['Fn::GetAtt']?.[0]);
        }
      }
    }
  });

  it('describes the table that the emulation makes', () => {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = one('Table').Properties;
    const local = readTemplate(ROOT);
    expect(local.table).toEqual({ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode });
    expect(local.workQueue).toBe(one('WorkQueue').Properties.QueueName);
    expect(local.notifyQueue).toBe(one('NotifyQueue').Properties.QueueName);
  });

  it.each(FUNCTIONS)('keeps the zip of %s small', (name) => {
    const sizeBytes = statSync(join(folder, `${name}.zip`)).size;
    expect(sizeBytes).toBeGreaterThan(10 * KIB);
    // Files for browsers are there in three forms.
    expect(sizeBytes).toBeLessThan((name === 'console' ? 4 : 1) * 1024 * KIB);
  });
});
