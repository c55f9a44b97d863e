import { startS3 } from './s3.ts';

const need = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

const { port } = await startS3({
  directory: need('VARVE_LOCAL_OBJECTS'),
  incoming: need('VARVE_LOCAL_INCOMING'),
  buckets: need('VARVE_LOCAL_BUCKETS').split(','),
  credentials: { accessKeyId: need('AWS_ACCESS_KEY_ID'), secretAccessKey: need('AWS_SECRET_ACCESS_KEY') },
});
process.send?.({ port });
