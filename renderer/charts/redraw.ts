/**
 * Draws one chart a frame: a tick changes all charts of the panel at once, and all of them in one task would hold up
 * the table's. A drawing that is asked for again before its turn keeps its place and is done once, with what is then current.
 */
const waiting = new Map<object, () => void>();
let asked = 0;

function next(): void {
  asked = 0;
  const first = waiting.entries().next();
  if (first.done) return;
  const [key, draw] = first.value;
  waiting.delete(key);
  if (waiting.size > 0) ask();
  draw();
}

function ask(): void {
  if (asked === 0) asked = requestAnimationFrame(next);
}

/** Asks for a drawing; `key` is whose it is. */
export function redraw(key: object, draw: () => void): void {
  waiting.set(key, draw);
  ask();
}

/** Takes the request back, for a chart that goes. */
export function dontRedraw(key: object): void {
  waiting.delete(key);
}
