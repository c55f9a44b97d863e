/** For `fc.assert`: the seed of an earlier run, as it was printed when that failed; a new one where none is given. */
export const FUZZ_SEED = process.env.VARVE_SEED === undefined ? {} : { seed: Number(process.env.VARVE_SEED) };
