import { drawShape, isShape } from "./picture-shapes.ts";

/** Left out of a picture, with all that is in it: buttons, and what only screen readers are told. */
const leftOut = "[data-unpictured], .unseen, title, defs";

/**
 * An element of the page as it stands, drawn on a canvas of its own: backgrounds, lines and text of its boxes, and every
 * shape of its SVGs. Nothing is serialised or loaded, so the page's policy has nothing to refuse and no canvas is tainted;
 * the price is that only plain boxes are drawn (no gradients, no rounded corners). `ratio`: pixels a CSS pixel; `margin` in
 * CSS pixels.
 */
export function pictureOf(element: Element, ratio: number, margin: number): HTMLCanvasElement {
  const frame = element.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  canvas.width = Math.round((frame.width + 2 * margin) * ratio);
  canvas.height = Math.round((frame.height + 2 * margin) * ratio);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser draws no canvas");
  const offset = { x: margin - frame.left, y: margin - frame.top };
  /** From CSS pixels of the window to pixels of the picture. */
  const home = new DOMMatrix([ratio, 0, 0, ratio, offset.x * ratio, offset.y * ratio]);
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.setTransform(home);
  draw(pen, element, home);
  return canvas;
}

function draw(pen: CanvasRenderingContext2D, element: Element, home: DOMMatrix): void {
  if (element.matches(leftOut)) return;
  const style = getComputedStyle(element);
  if (style.display === "none" || style.visibility === "hidden") return;
  if (isShape(element)) drawShape(pen, element, style, home);
  else if (element instanceof HTMLElement) drawBox(pen, element, style);
  const clips = element instanceof HTMLElement && style.overflowX !== "visible";
  if (clips) {
    const { left, top, width, height } = element.getBoundingClientRect();
    pen.save();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) draw(pen, child, home);
    else if (child instanceof Text) drawText(pen, child, style);
  }
  if (clips) pen.restore();
}

const sides = ["top", "right", "bottom", "left"] as const;

function drawBox(pen: CanvasRenderingContext2D, element: HTMLElement, style: CSSStyleDeclaration): void {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  pen.fillStyle = style.backgroundColor;
  pen.fillRect(left, top, right - left, bottom - top);
  for (const side of sides) {
    const width = Number.parseFloat(style.getPropertyValue(`border-${side}-width`));
    if (!(width > 0) || style.getPropertyValue(`border-${side}-style`) === "none") continue;
    pen.fillStyle = style.getPropertyValue(`border-${side}-color`);
    if (side === "top") pen.fillRect(left, top, right - left, width);
    else if (side === "bottom") pen.fillRect(left, bottom - width, right - left, width);
    else pen.fillRect(side === "left" ? left : right - width, top, width, bottom - top);
  }
}

let graphemes: Intl.Segmenter | null = null;

/** A character at a time, each where the page has set it: figures of one width, tracking and line breaks come for nothing. */
function drawText(pen: CanvasRenderingContext2D, node: Text, style: CSSStyleDeclaration): void {
  if (node.data.trim() === "") return;
  const svg = node.parentElement instanceof SVGElement;
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = svg ? style.fill : style.color;
  pen.textBaseline = "alphabetic";
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = pen.measureText("x");
  graphemes ??= new Intl.Segmenter();
  const range = document.createRange();
  for (const { segment, index } of graphemes.segment(node.data)) {
    if (segment.trim() === "") continue;
    range.setStart(node, index);
    range.setEnd(node, index + segment.length);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    // The box of a line of text is its ascent and descent around the baseline.
    pen.fillText(segment, box.left, box.top + (box.height - ascent - descent) / 2 + ascent);
  }
}
