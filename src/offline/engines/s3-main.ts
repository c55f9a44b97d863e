import { need } from './need.ts';
import { startS3 } from './s3.ts';

await startS3({
  port: Number(need('VARVE_LOCAL_PORT')),
  directory: need('VARVE_LOCAL_OBJECTS'),
  incoming: need('VARVE_LOCAL_INCOMING'),
  buckets: need('VARVE_LOCAL_BUCKETS').split(','),
  credentials: { accessKeyId: need('AWS_ACCESS_KEY_ID'), secretAccessKey: need('AWS_SECRET_ACCESS_KEY') },
});
