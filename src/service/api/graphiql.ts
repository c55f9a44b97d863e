import { type HttpEvent, type HttpHandler, headerOf } from './http-event.ts';
import { PRIVATE } from './http-refusal.ts';

/** Where the page is that asks the API what a person types. */
export const GRAPHIQL_PATH = '/graphiql/';

/** A browser that opens the address of the API is led to GraphiQL, if there is one. */
export function withGraphiql(handle: HttpHandler, isOn: boolean): HttpHandler {
  return async (event) => {
    if (!isOn || !isOpenedByBrowser(event)) return handle(event);
    return { statusCode: 303, headers: { location: GRAPHIQL_PATH, ...PRIVATE }, body: '' };
  };
}

/** A query that was sent is answered: that is no page. */
function isOpenedByBrowser(event: HttpEvent): boolean {
  if (event.requestContext.http.method !== 'GET' || event.rawQueryString !== '') return false;
  const [first = ''] = (headerOf(event, 'accept') ?? '').split(',');
  return first.split(';')[0]?.trim().toLowerCase() === 'text/html';
}
