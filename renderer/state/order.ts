/**
 * The instances as they stand in the list behind the panel, top to bottom: the panel's "before" and "after" go by it.
 * Not in a store: nobody draws it.
 */
let order: readonly string[] = [];

export const setOrder = (ids: readonly string[]): void => {
  order = ids;
};

/** The instance `step` places on; the same one at either end, the first or last where `id` is not listed. */
export function neighbour(id: string, step: 1 | -1): string {
  const at = order.indexOf(id);
  if (at === -1) return (step > 0 ? order[0] : order.at(-1)) ?? id;
  return order[at + step] ?? id;
}
