import { createMemoryObjects } from '../support/memory-objects.ts';
import { objectsSuite } from './objects-suite.ts';

objectsSuite({
  create: (clock) => {
    const objects = createMemoryObjects(clock);
    return { objects, request: objects.request };
  },
});
