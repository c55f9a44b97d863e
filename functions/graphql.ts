import { composeOnce } from '../src/composition.ts';
import { createHandler } from '../src/service/api/handler.ts';
import type { HttpEvent, HttpHandler, HttpResult } from '../src/service/api/http-event.ts';

const composed = composeOnce(process.env);
let serve: HttpHandler | undefined;

export async function handler(event: HttpEvent): Promise<HttpResult> {
  const { service, log, emf } = composed();
  serve ??= createHandler(service, log);
  const answer = await serve(event);
  emf?.flush();
  return answer;
}
