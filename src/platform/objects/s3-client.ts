import { S3Client } from '@aws-sdk/client-s3';
import { awsSettings } from '../aws-settings.ts';
import type { S3Address } from './s3-address.ts';

/** With the credentials that the SDK finds. */
export function connectS3({ region, endpoint, pathStyle }: S3Address): S3Client {
  return new S3Client({
    ...awsSettings(),
    region,
    forcePathStyle: pathStyle,
    ...(endpoint !== undefined && { endpoint }),
  });
}
