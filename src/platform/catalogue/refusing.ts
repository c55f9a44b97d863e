import type { Catalogue } from './port.ts';

/** The same catalogue for as long as `require` does not throw: after that nothing is written. */
export function refusingCatalogue(catalogue: Catalogue, require: () => void): Catalogue {
  return {
    ...catalogue,
    transact: async (writes) => {
      require();
      return catalogue.transact(writes);
    },
    tryWrite: async (write) => {
      require();
      return catalogue.tryWrite(write);
    },
  };
}
