import { createHandler, type HttpEvent, type HttpHandler, type HttpResult } from '../src/api/handler.ts';
import { composeOnce } from '../src/composition.ts';

const composed = composeOnce(process.env);
let serve: HttpHandler | undefined;

export async function handler(event: HttpEvent): Promise<HttpResult> {
  serve ??= composeHandler();
  return serve(event);
}

function composeHandler(): HttpHandler {
  const { config, randomBytes, log, ...parts } = composed();
  const [first, ...others] = config.regions;
  return createHandler({ ...parts, random: randomBytes, regions: [first.id, ...others.map(({ id }) => id)] }, log);
}
