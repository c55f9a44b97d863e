import { join, relative } from 'node:path';
import { DEFAULT_DATA_DIR } from '../names.ts';

export interface NextSteps {
  readonly url: string;
  readonly dataDir: string;
  readonly cwd: string;
  readonly disk: string;
  readonly monday: string;
}

export function nextSteps({ url, dataDir, cwd, disk, monday }: NextSteps): string {
  const folder = relative(cwd, dataDir);
  const data = folder === DEFAULT_DATA_DIR ? '' : ` --data ${folder.startsWith('..') ? dataDir : folder}`;
  const key = join(folder.startsWith('..') ? dataDir : folder, 'admin.key');
  const query = '{"query":"{ disks { nodes { name sizeBytes } } }"}';
  return [
    '',
    `It stays up, with the API at ${url}. In another terminal, try:`,
    '',
    `    npx varve disk list${data}`,
    `    npx varve chain show ${disk}${data}`,
    `    npx varve snapshot delete ${monday} --preview${data}`,
    `    npx varve disk import YOUR.img --name yours${data}`,
    `    curl ${url} -H "authorization: Bearer $(cat ${key})" -H 'content-type: application/json' -d '${query}'`,
    '',
    'Ctrl-C ends it; npx varve server brings it back with all its data.',
  ].join('\n');
}
