import { createDynamoCatalogue } from '../../src/platform/catalogue/dynamo.ts';
import { createTestTable } from '../support/engines.ts';
import { catalogueSuite } from './catalogue-suite.ts';

const table = createTestTable();

catalogueSuite(async () => createDynamoCatalogue({ ...(await table), random: Math.random }));
