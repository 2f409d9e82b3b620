/**
 * Whether a fault is to last as long as it may in a year, not as long as everyday patience allows: `npm run soak:faults`
 * sets TARE_LONG.
 */
export const long = process.env.TARE_LONG === "1";
