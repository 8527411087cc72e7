/** US dollars rounded to 9 decimals, without the noise of binary fractions: one token of any model costs more than that. */
export function roundedUsd(usd: number): number {
  return Number(usd.toFixed(9));
}
