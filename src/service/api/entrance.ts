import type { Log } from '../../platform/log.ts';
import type { Service } from '../service.ts';
import { createAdmission } from './admission.ts';
import { API_LIMITS, type ApiLimits } from './api-limits.ts';
import { createHandler } from './handler.ts';
import type { HttpHandler } from './http-event.ts';
import { createSessionHandler } from './session-handler.ts';

/** The API and the sessions of its console: one count of who comes too often. */
export interface Entrance {
  readonly graphql: HttpHandler;
  readonly session: HttpHandler;
}

export function createEntrance(service: Service, log: Log, limits: ApiLimits = API_LIMITS): Entrance {
  const admission = createAdmission(service, limits.admission);
  return {
    graphql: createHandler(service, log, limits, admission),
    session: createSessionHandler({ service, log, admission }),
  };
}
