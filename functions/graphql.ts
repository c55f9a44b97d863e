import { composeOnce } from '../src/composition.ts';
import { createHandler, type HttpEvent, type HttpHandler, type HttpResult } from '../src/service/api/handler.ts';

const composed = composeOnce(process.env);
let serve: HttpHandler | undefined;

export async function handler(event: HttpEvent): Promise<HttpResult> {
  const { service, log } = composed();
  serve ??= createHandler(service, log);
  return serve(event);
}
