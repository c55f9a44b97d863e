import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { LOCAL_REGION } from '../local/names.ts';
import { freePort, LOOPBACK } from '../local/ports.ts';
import { LOCAL_AWS_ACCOUNT, LOCAL_AWS_REGION } from './aws-names.ts';
import type { Template } from './template.ts';

/** Of the engines. */
export interface Ports {
  readonly dynamodb: number;
  readonly s3: number;
  readonly queue: number;
}

export async function choosePorts(...others: readonly number[]): Promise<Ports> {
  const dynamodb = await freePort(...others);
  const s3 = await freePort(...others, dynamodb);
  const queue = await freePort(...others, dynamodb, s3);
  return { dynamodb, s3, queue };
}

export const LOCAL_BUCKET = 'varve-local';
const TABLE = 'varve';

export type LocalEnvironment = ReturnType<typeof localEnvironment>;

export interface EnvironmentParts {
  readonly ports: Ports;
  readonly template: Template;
  readonly keyFile: string;
}

/**
 * What the functions run with. The credentials are this start's own: nobody else's requests pass
 * the object store.
 */
export function localEnvironment({ ports, template, keyFile }: EnvironmentParts) {
  const at = (port: number): string => `http://${LOOPBACK}:${port}`;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return {
    AWS_REGION: LOCAL_AWS_REGION,
    AWS_ACCESS_KEY_ID: `local${randomBytes(8).toString('hex')}`,
    AWS_SECRET_ACCESS_KEY: randomBytes(24).toString('base64url'),
    AWS_ENDPOINT_URL_DYNAMODB: at(ports.dynamodb),
    AWS_ENDPOINT_URL_S3: at(ports.s3),
    AWS_ENDPOINT_URL_SQS: at(ports.queue),
    VARVE_TABLE: TABLE,
    VARVE_REGIONS: JSON.stringify([{ id: LOCAL_REGION, bucket: LOCAL_BUCKET, timeZone }]),
    VARVE_QUEUE_URL: `${at(ports.queue)}/${LOCAL_AWS_ACCOUNT}/${template.workQueue}`,
    VARVE_NOTIFY_QUEUE_URL: `${at(ports.queue)}/${LOCAL_AWS_ACCOUNT}/${template.notifyQueue}`,
    VARVE_EVENT_BUS: '', // none: the stack's own would be one of AWS
    VARVE_KEY_FILE: keyFile,
    VARVE_S3_PATH_STYLE: '1',
    VARVE_WEB: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    ...developerSettings(process.env),
  };
}

/** What the developer may decide; everything else follows from the engines. */
function developerSettings(environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = [
    'VARVE_GRAPHIQL',
    'VARVE_RECLAIM_GRACE_HOURS',
    'VARVE_SCRUB_GIB_PER_DAY',
    'VARVE_SCRUB_EVERY_DAYS',
    'VARVE_READ_BACK_GIB_PER_DAY',
    'VARVE_EXPIRED_GRACE_DAYS',
    'VARVE_LOG',
  ];
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

/** Nothing of the developer's own cloud set-up may reach the functions and the engines' clients. */
export function withoutOwnCloud(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('VARVE_')),
  );
}
