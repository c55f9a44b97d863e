import { composeOnce } from '../src/composition.ts';
import { parseGraphiql } from '../src/platform/config.ts';
import type { Log } from '../src/platform/log.ts';
import { createEntrance, type Entrance } from '../src/service/api/entrance.ts';
import { withGraphiql } from '../src/service/api/graphiql.ts';
import type { HttpEvent, HttpResult } from '../src/service/api/http-event.ts';
import { SESSION_PATH } from '../src/service/api/session-handler.ts';
import type { Service } from '../src/service/service.ts';

const composed = composeOnce(process.env);
let entrance: Entrance | undefined;

export async function handler(event: HttpEvent): Promise<HttpResult> {
  const { service, log, emf } = composed();
  entrance ??= open(service, log);
  const handle = event.rawPath === SESSION_PATH ? entrance.session : entrance.graphql;
  const answer = await handle(event);
  emf?.flush();
  return answer;
}

function open(service: Service, log: Log): Entrance {
  const { graphql, session } = createEntrance(service, log);
  return { graphql: withGraphiql(graphql, parseGraphiql(process.env) ?? false), session };
}
