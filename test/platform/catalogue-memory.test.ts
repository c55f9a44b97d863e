import { createMemoryCatalogue } from '../support/memory-catalogue.ts';
import { catalogueSuite } from './catalogue-suite.ts';

catalogueSuite(async () => createMemoryCatalogue());
