import { type HttpEvent, headerOf } from '../service/api/http-event.ts';
import { PAGE_HEADERS } from './headers.ts';
import type { Pages } from './pages.ts';

/** What Lambda answers to the gateway: any bytes travel as base64. */
export interface PageResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Pages behind the gateway of AWS. */
export function pagesOnLambda(pages: Pages): (event: HttpEvent) => Promise<PageResult> {
  return async (event) => {
    const { method } = event.requestContext.http;
    const answer = await pages({ method, path: event.rawPath, header: (name) => headerOf(event, name) });
    if (answer === undefined)
      return { statusCode: 404, headers: NOT_FOUND, body: NOTHING_HERE, isBase64Encoded: false };
    const body = Buffer.from(answer.body).toString('base64');
    return { statusCode: answer.status, headers: answer.headers, body, isBase64Encoded: true };
  };
}

const NOT_FOUND = { ...PAGE_HEADERS, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
const NOTHING_HERE = JSON.stringify({
  errors: [{ message: 'There is nothing here.', extensions: { code: 'NotFound' } }],
});
