import type { SigningCredentials } from '../../src/platform/objects/sigv4.ts';

/** How to reach an object store. */
export interface StoreAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly credentials: SigningCredentials;
}

/** From the configuration that the functions of an installation run with. */
export function storeAccess(environment: Readonly<Record<string, string>>): StoreAccess {
  const need = (name: string): string => {
    const value = environment[name];
    if (value === undefined) throw new Error(`the stack does not say ${name}`);
    return value;
  };
  const [region] = JSON.parse(need('VARVE_REGIONS')) as { bucket: string }[];
  if (region === undefined) throw new Error('the stack has no region');
  return {
    endpoint: need('AWS_ENDPOINT_URL_S3'),
    region: need('AWS_REGION'),
    bucket: region.bucket,
    credentials: { accessKeyId: need('AWS_ACCESS_KEY_ID'), secretAccessKey: need('AWS_SECRET_ACCESS_KEY') },
  };
}
