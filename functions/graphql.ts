import { createHandler, type HttpEvent, type HttpHandler, type HttpResult } from '../src/api/handler.ts';
import { composeOnce } from '../src/composition.ts';

const composed = composeOnce(process.env);
let serve: HttpHandler | undefined;

export async function handler(event: HttpEvent): Promise<HttpResult> {
  const { service, log } = composed();
  serve ??= createHandler(service, log);
  return serve(event);
}
