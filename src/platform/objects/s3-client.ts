import { S3Client } from '@aws-sdk/client-s3';
import { awsSettings } from '../aws-settings.ts';
import type { S3Access } from './s3-address.ts';

/** With the credentials that the SDK finds. */
export function connectS3({ region, endpoint, pathStyle }: S3Access, requestMs?: number): S3Client {
  return new S3Client({
    ...awsSettings(requestMs === undefined ? {} : { requestMs }),
    forcePathStyle: pathStyle,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  });
}
