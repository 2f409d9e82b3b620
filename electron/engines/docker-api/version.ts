/** The newest version of the API that the few calls we make were checked against. */
const ours = "1.51";
/** Docker 1.13 of 2017; older ones lack what we read. */
const floor = "1.25";

/** Below 0: `left` is the older one. "1.9" is older than "1.41". */
function compare(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split(".").map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split(".").map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}

/**
 * The version to ask for: the older of ours and the daemon's newest (its `Api-Version` header). Null: none that both
 * speak. A daemon refuses paths above its own version and, since 29.0, below 1.44, so none is ever a constant.
 */
export function negotiate(theirs: string): string | null {
  if (!/^\d{1,3}\.\d{1,3}$/.test(theirs) || compare(theirs, floor) < 0) return null;
  return compare(theirs, ours) < 0 ? theirs : ours;
}
