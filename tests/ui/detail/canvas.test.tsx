import { expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { killed } from "./cases.ts";
import { show } from "./given.tsx";
import { minutesAgo, now, sawTooth } from "./shapes.ts";

/** Colours of a column of the memory plot, top to bottom, as "r,g,b,a". */
function columnAt(at: number): readonly string[] {
  const canvas = document.querySelector<HTMLCanvasElement>(".chart canvas");
  const context = canvas?.getContext("2d");
  if (!canvas || !context) throw new Error("no canvas");
  const x = Math.round(((at - minutesAgo(60)) / (now - minutesAgo(60))) * canvas.width);
  const { data } = context.getImageData(x, 0, 1, canvas.height);
  return Array.from({ length: canvas.height }, (_, y) => data.slice(y * 4, y * 4 + 4).join(","));
}
const colourOf = (token: string) => {
  const probe = document.createElement("i");
  probe.style.color = `var(--${token})`;
  document.body.append(probe);
  const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g) ?? [];
  probe.remove();
  return `${r},${g},${b},255`;
};
const hourShown = async () => {
  await show(killed);
  await userEvent.keyboard("]]");
  await expect
    .poll(() => columnAt(minutesAgo(30)).filter((each) => each === colourOf("ct")).length)
    .toBeGreaterThan(40);
};

test("a gap is empty: nothing is drawn across it, and no 0", async () => {
  await hourShown();
  const middle = (sawTooth.asleep[0] + sawTooth.asleep[1]) / 2;
  const column = columnAt(minutesAgo(middle)).slice(0, -1);
  const gridlines = column.filter((each) => each === colourOf("hair")).length;
  const empty = column.filter((each) => each === "0,0,0,0").length;
  expect(empty + gridlines).toBe(column.length);
});

test("the limit is stepped: 160 MiB before it was raised, 192 MiB after", async () => {
  await hourShown();
  const inkAt = (ago: number) => columnAt(minutesAgo(ago)).indexOf(colourOf("ink"));
  const height = columnAt(now).length;
  // The axis ends at 224 MiB: 192 MiB stand at 1/7 from the top, 160 MiB at 2/7.
  expect(Math.abs(inkAt(36) - (height * 2) / 7)).toBeLessThanOrEqual(2);
  expect(Math.abs(inkAt(20) - height / 7)).toBeLessThanOrEqual(2);
});

test("another theme: the canvases are drawn anew in its colours", async () => {
  await hourShown();
  document.documentElement.dataset.theme = "dark";
  await expect
    .poll(() => columnAt(minutesAgo(30)).filter((each) => each === "63,188,179,255").length)
    .toBeGreaterThan(40);
});
