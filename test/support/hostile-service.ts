import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  getNullableType,
  graphql,
  isAbstractType,
  isEnumType,
  isListType,
  isScalarType,
} from 'graphql';
import { sdl } from '../../src/generated/sdl.ts';
import type { HttpHandler } from '../../src/service/api/http-event.ts';
import { type HttpServer, startHttp } from './http.ts';

/**
 * What nobody should ever see raw: each kind of character that terminals act on, and each direction
 * mark.
 */
export const HIDDEN_CHARACTERS = [
  ...['\u0000', '\u0007', '\b', '\t', '\n', '\r', '\u001b', '\u007f', '\u0085', '\u009b', '\u009d'],
  ...['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e'],
  ...['\u2066', '\u2067', '\u2068', '\u2069', '\u2028', '\u2029', '\ufeff'],
];

/** Clears the screen and sets the window's title where it is printed raw. */
export const HOSTILE_TEXT = `evil\u001b[2J\u001b]0;owned\u0007${HIDDEN_CHARACTERS.join('')}end`;

const schema = buildSchema(sdl);
/** Ends what commands wait for. */
const ENDED = ['ACCOMPLISHED', 'COMPLETED', 'FINISHED', 'AVAILABLE'];
/** With them a command would go on to move blocks, or ask for the next page. */
const ABSENT = ['reencryption', 'nextOffsetBytes', 'nextBlock'];

/** What a text of this scalar type and field is, and of how many items a list is. */
interface Answers {
  readonly text: (scalar: string, field: string) => string;
  readonly items: number;
}

function answerOf(type: GraphQLOutputType, field: string, answers: Answers): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return Array.from({ length: answers.items }, () => answerOf(plain.ofType, field, answers));
  if (isEnumType(plain)) {
    const names = plain.getValues().map(({ name }) => name);
    return ENDED.find((name) => names.includes(name)) ?? names.at(-1);
  }
  if (!isScalarType(plain)) return isAbstractType(plain) ? { __typename: schema.getPossibleTypes(plain)[0]?.name } : {};
  switch (plain.name) {
    case 'Boolean':
      return false;
    case 'Int':
    case 'Float':
    case 'SafeInt':
      return 1;
    default:
      return answers.text(plain.name, field);
  }
}

const fieldOf =
  (answers: Answers): GraphQLFieldResolver<unknown, unknown> =>
  (_source, _arguments, _context, { fieldName, returnType }) =>
    ABSENT.includes(fieldName) ? null : answerOf(returnType, fieldName, answers);

/** An API in which every text of every answer is hostile, whatever is asked for. */
export const startHostileService = (): Promise<HttpServer> => startServiceOf({ text: () => HOSTILE_TEXT, items: 1 });

/** An API that answers whatever is asked for with texts of one's own. */
export function startServiceOf(answers: Answers): Promise<HttpServer> {
  const fieldResolver = fieldOf(answers);
  return serve(async (query, variables) =>
    graphql({ schema, source: query, variableValues: variables, fieldResolver }),
  );
}

/** An API that refuses everything, with a hostile message and hostile fields. */
export function startHostileRefusals(): Promise<HttpServer> {
  const extensions = { code: 'InvalidParameter', field: HOSTILE_TEXT, holder: HOSTILE_TEXT };
  return serve(async () => ({ errors: [{ message: HOSTILE_TEXT, extensions }] }));
}

function serve(answer: (query: string, variables: Record<string, unknown>) => Promise<object>): Promise<HttpServer> {
  const handle: HttpHandler = async ({ body }) => {
    const { query, variables } = JSON.parse(body ?? '{}') as { query: string; variables: Record<string, unknown> };
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await answer(query, variables)),
    };
  };
  return startHttp(handle);
}
