import { fileURLToPath } from 'node:url';
import { parseGraphiql } from '../src/platform/config.ts';
import { webFolder } from '../src/platform/program/web-files.ts';
import { pagesOnLambda } from '../src/web/lambda.ts';
import { createPages } from '../src/web/pages.ts';

/** The files that the package brings beside this one. Offline they lie elsewhere. */
const { VARVE_WEB: folder = fileURLToPath(new URL('web', import.meta.url)) } = process.env;
const files = webFolder(folder);

export const handler = pagesOnLambda(createPages(files, { graphiql: parseGraphiql(process.env) ?? false }));
