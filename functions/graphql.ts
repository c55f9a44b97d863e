import { composeOnce } from '../src/composition.ts';
import { parseGraphiql } from '../src/platform/config.ts';
import { createEntrance, type Entrance } from '../src/service/api/entrance.ts';
import { withGraphiql } from '../src/service/api/graphiql.ts';
import type { HttpEvent, HttpResult } from '../src/service/api/http-event.ts';
import { SESSION_PATH } from '../src/service/api/session-handler.ts';

const composed = composeOnce(process.env);
let entrance: Entrance | undefined;

export async function handler(event: HttpEvent): Promise<HttpResult> {
  const { service, log, emf } = composed();
  entrance ??= createEntrance(service, log);
  const graphql = withGraphiql(entrance.graphql, parseGraphiql(process.env) ?? false);
  const handle = event.rawPath === SESSION_PATH ? entrance.session : graphql;
  const answer = await handle(event);
  emf?.flush();
  return answer;
}
