import { printSchemaWithDirectives } from '@graphql-tools/utils';

/** The whole schema as one text in a module, so that a bundle carries it. */
export const plugin = (schema) => `export const sdl = ${JSON.stringify(printSchemaWithDirectives(schema))};\n`;
