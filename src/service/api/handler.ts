import { randomUUID } from 'node:crypto';
import type { ApolloServer, HTTPGraphQLRequest } from '@apollo/server';
import { impossible, VarveError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { Origin } from '../calls/context.ts';
import { createRowLoader } from '../calls/row-loader.ts';
import type { Service } from '../service.ts';
import { chooseMediaType } from './accept.ts';
import { type Admission, createAdmission } from './admission.ts';
import { API_LIMITS, type ApiLimits } from './api-limits.ts';
import { createBudget, tooLarge } from './budget.ts';
import { credentialOf } from './credential.ts';
import { type HttpEvent, type HttpHandler, type HttpResult, headerOf } from './http-event.ts';
import { answerOutside, BadRequest, PRIVATE } from './http-refusal.ts';
import { parseEvent, requireForm } from './http-request.ts';
import { createMetering } from './metering.ts';
import { createRequestBook, errorOf, newRecord, plainIdOf, type RequestRecord } from './request-record.ts';
import { type ApiContext, createServer } from './server.ts';

export function createHandler(
  given: Service,
  log: Log,
  limits: ApiLimits = API_LIMITS,
  admission: Admission = createAdmission(given, limits.admission),
): HttpHandler {
  const metering = createMetering(given.catalogue);
  const runOnce: Service['runOnce'] = (work) => metering.runApart(limits.budget, work);
  const service: Service = { ...given, catalogue: metering.catalogue, runOnce };
  const server = createServer(service, log, limits);
  const started = server.start();
  const book = createRequestBook({ log, meter: given.meter });
  const answer = async (event: HttpEvent, requestId: string, record: RequestRecord): Promise<HttpResult> => {
    const mediaType = chooseMediaType(headerOf(event, 'accept'));
    try {
      await started;
      requireForm(event, mediaType);
      const { sourceIp } = event.requestContext.http;
      const caller = await admission.admit(credentialOf(given, event), sourceIp);
      record.caller = caller;
      let leave = await admission.enter('requests', caller);
      let isHeavy = false;
      // Those that wait to read much do not stand in the way of the others.
      const beHeavy = async (): Promise<void> => {
        if (isHeavy) return;
        isHeavy = true;
        leave();
        leave = nothing;
        leave = await admission.enter('heavy', caller);
      };
      try {
        const request = parseEvent(event, mediaType);
        if (request.isCostlyText) await beHeavy();
        const budget = createBudget();
        const rows = createRowLoader(service.catalogue);
        const origin = originOf(event, requestId);
        const context = { caller, rows, budget, beHeavy, requestId, mediaType, origin, record };
        const answer = await metering.run(budget, () => execute(server, request, context));
        return requireSendable(answer, limits.budget.answerBytes);
      } finally {
        leave();
      }
    } catch (error) {
      const refusal = asRefusal(error, requestId, log);
      record.error =
        refusal instanceof BadRequest
          ? errorOf({ code: 'BAD_REQUEST' })
          : errorOf({ ...refusal.extra, code: refusal.code });
      return answerOutside(refusal, requestId, mediaType ?? 'application/json');
    }
  };
  return async (event) => {
    const began = performance.now();
    const requestId = requestIdOf(event);
    const record = newRecord();
    const result = await answer(event, requestId, record);
    const clientRequestId = plainIdOf(headerOf(event, 'x-request-id'));
    book(record, { requestId, clientRequestId, status: result.statusCode, tookMs: performance.now() - began });
    return result;
  };
}

function asRefusal(error: unknown, requestId: string, log: Log): VarveError | BadRequest {
  if (error instanceof VarveError || error instanceof BadRequest) return error;
  log.error('request failed', { requestId, error });
  return new VarveError('Internal', 'unexpected', {}, error);
}

/** Who connects can write anything into a header that says whom it speaks for: none is believed. */
function originOf(event: HttpEvent, requestId: string): Origin {
  const address = event.requestContext.http.sourceIp;
  const userAgent = headerOf(event, 'user-agent');
  return { requestId, ...(address !== undefined && { address }), ...(userAgent !== undefined && { userAgent }) };
}

const nothing = (): void => undefined;

/** What serverless-offline gives every request for an id. */
const OFFLINE_REQUEST_ID = 'offlineContext_resourceId';

/** An id that only this request has, so that it finds the request in the logs. */
function requestIdOf({ requestContext: { requestId } }: HttpEvent): string {
  return requestId === undefined || requestId === OFFLINE_REQUEST_ID ? randomUUID() : requestId;
}

async function execute(
  server: ApolloServer<ApiContext>,
  httpGraphQLRequest: HTTPGraphQLRequest,
  contextValue: ApiContext,
): Promise<HttpResult> {
  const { status, headers, body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => contextValue,
  });
  if (body.kind !== 'complete') throw impossible('an answer in parts, though nothing here is deferred');
  return {
    statusCode: status ?? 200,
    headers: {
      ...Object.fromEntries(headers),
      'content-type': `${contextValue.mediaType}; charset=utf-8`,
      ...PRIVATE,
      'x-request-id': contextValue.requestId,
    },
    body: body.string,
  };
}

/** The answer travels as text within JSON, so its quotes take two bytes each. */
function requireSendable(result: HttpResult, limit: number): HttpResult {
  const { body } = result;
  if (body.length * 2 > limit && Buffer.byteLength(JSON.stringify(body)) > limit) throw tooLarge(limit);
  return result;
}
