const WEIGHT = 1 / 64; // of the newest observation: about the last hundred blocks count
const RARE = 0.05; // asking costs about a tenth of encoding; half of that leaves a margin

/**
 * A moving estimate of how often blocks are in the store already. Begins high: asking first is
 * never far off.
 */
export class HitRate {
  #rate = 0.5;

  note(hit: boolean): void {
    this.#rate += ((hit ? 1 : 0) - this.#rate) * WEIGHT;
  }

  get isRare(): boolean {
    return this.#rate < RARE;
  }
}
