import { ConfigError, type Environment } from '../config.ts';

/** How a store is reached. */
export interface S3Access {
  /** Absent: the one that the SDK finds. */
  readonly region?: string | undefined;
  /** Absent for AWS's own. Signed URLs follow this setting alone. */
  readonly endpoint?: string | undefined;
  /** The bucket stands in the path of URLs, and not in the name of the host. */
  readonly pathStyle: boolean;
}

/** Where a bucket is, without what opens it: that is the environment's alone. */
export interface S3Address extends S3Access {
  readonly bucket: string;
  readonly region: string;
}

const FORM = 's3://BUCKET?endpoint=URL&region=NAME';
const PARAMETERS: ReadonlySet<string> = new Set(['endpoint', 'region', 'path-style']);
/** Of stores that know no regions; the SDK and most of them call it so. */
const ANY_REGION = 'us-east-1';

/**
 * Reads {@link FORM}. What is left out comes from the environment, as the AWS SDK would take it. A
 * bucket with an endpoint is asked in path style, unless `path-style=0`. Throws `ConfigError`.
 */
export function parseS3Address(text: string, environment: Environment): S3Address {
  const url = URL.parse(text);
  if (url?.protocol !== 's3:') throw new ConfigError(`${shownPart(text)} is no bucket: give ${FORM}.`);
  if (url.username !== '' || url.password !== '') throw withSecret();
  if (!/^[a-z0-9][a-z0-9.-]{1,62}$/.test(url.host)) throw new ConfigError(`${url.host} is no bucket's name.`);
  if (!['', '/'].includes(url.pathname))
    throw new ConfigError(`Varve needs a bucket of its own: leave out ${url.pathname}.`);
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined) throw new ConfigError(`${FORM} has no "${unknown}".`);
  const given = (name: string) => url.searchParams.get(name) || undefined;
  const around = s3Environment(environment);
  const endpoint = given('endpoint') ?? around.endpoint;
  const region = given('region') ?? around.region;
  if (region === undefined && endpoint === undefined)
    throw new ConfigError(`Say in which region the bucket is: s3://${url.host}?region=NAME.`);
  const pathStyle = isOn(given('path-style')) ?? around.pathStyle;
  return {
    bucket: url.host,
    region: region ?? ANY_REGION,
    ...(endpoint !== undefined && { endpoint: parseEndpoint(endpoint) }),
    pathStyle: pathStyle ?? endpoint !== undefined,
  };
}

/** What the environment says of a store, as the AWS SDK takes it; what is empty says nothing. */
export function s3Environment(environment: Environment) {
  return {
    region: environment.AWS_REGION || environment.AWS_DEFAULT_REGION || undefined,
    endpoint: environment.AWS_ENDPOINT_URL_S3 || environment.AWS_ENDPOINT_URL || undefined,
    pathStyle: isOn(environment.VARVE_S3_PATH_STYLE || undefined),
  };
}

const isOn = (text: string | undefined) => (text === undefined ? undefined : text === '1');

function parseEndpoint(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new ConfigError(`${shownPart(text)} is no endpoint: it begins with https:// or http://.`);
  if (url.username !== '' || url.password !== '') throw withSecret();
  return url.href.replace(/\/$/, '');
}

/** It would be shown, logged and stored. */
function withSecret(): ConfigError {
  return new ConfigError(
    'Keys do not belong into an address: the environment gives them (AWS_ACCESS_KEY_ID and so on).',
  );
}

/** What stands before an `@` may be a secret. */
const shownPart = (text: string) => text.replace(/^.*@/, '…@');

/** As {@link parseS3Address} reads it, whatever the environment says then. */
export function printS3Address({ bucket, region, endpoint, pathStyle }: S3Address): string {
  const at =
    endpoint === undefined
      ? ''
      : `endpoint=${encodeURIComponent(endpoint).replaceAll(/%3A|%2F/g, decodeURIComponent)}&`;
  return `s3://${bucket}?${at}region=${region}&path-style=${pathStyle ? 1 : 0}`;
}
