import { ERROR_CODES } from '../src/platform/errors.ts';
import { MUTATION_ROLES, QUERY_ROLES } from '../src/service/api/permissions.ts';

/** The tables of the service as plain data, so that a client in a browser has them. */
export const plugin = () =>
  [
    "export type Role = 'VIEWER' | 'OPERATOR' | 'ADMIN';",
    `export const QUERY_ROLES = ${written(QUERY_ROLES)} as const satisfies Record<string, Role>;`,
    `export const MUTATION_ROLES = ${written(MUTATION_ROLES)} as const satisfies Record<string, Role>;`,
    `export type ErrorCode =\n${Object.keys(ERROR_CODES)
      .map((code) => `  | '${code}'`)
      .join('\n')};`,
    '',
  ].join('\n\n');

function written(roles) {
  return `{\n${Object.entries(roles)
    .map(([name, role]) => `  ${name}: '${role}',`)
    .join('\n')}\n}`;
}
