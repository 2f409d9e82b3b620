/**
 * How many inputs a parser is fuzzed with: `everyday` as a rule, TARE_FUZZ where it is set. `npm run fuzz` sets it to a
 * million; what fast-check prints on a failure (seed and path) finds the input again.
 */
export const fuzzRuns = (everyday: number): { readonly numRuns: number } => ({
  numRuns: Number(process.env.TARE_FUZZ ?? everyday),
});
