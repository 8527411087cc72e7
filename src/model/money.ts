/** US dollars without the noise of binary fractions: the cheapest token costs more than the last digit that is kept. */
export function roundedUsd(usd: number): number {
  return Number(usd.toFixed(9));
}
