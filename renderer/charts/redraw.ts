/**
 * Draws charts in turn, a few milliseconds a frame: a tick changes all charts of the panel at once, and all of them in one
 * task could hold up the table's. Fewer frames are cheaper, since each one commits every canvas of the page anew: one
 * chart a frame took twice the time of all in one. A drawing that is asked for again before its turn is done once.
 */
const waiting = new Map<object, () => void>();
/** Milliseconds of drawing in one frame. */
const most = 4;
let asked = 0;

function next(): void {
  asked = 0;
  const until = performance.now() + most;
  for (const [key, draw] of waiting) {
    waiting.delete(key);
    draw();
    if (performance.now() > until) break;
  }
  if (waiting.size > 0) ask();
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
