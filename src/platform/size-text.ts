const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
const DECIMALS = 3;

/**
 * A number of bytes as people write it, and exact: `3 MiB`, `1.5 GiB`, `999 B`. One that no unit
 * gives in three decimals is in bytes with their thousands apart: `1,000,001 B`.
 */
export function sizeText(bytes: number): string {
  for (let power = UNITS.length; power > 0; power--) {
    const value = bytes / 1024 ** power;
    if (value >= 1 && Number(value.toFixed(DECIMALS)) === value) return `${value} ${UNITS[power - 1]}`;
  }
  return `${bytes.toLocaleString('en-US')} B`;
}
