let pen: CanvasRenderingContext2D | null = null;

/** CSS pixels that words take in the page's face. `font` as in CSS without the family: "600 11px". */
export function textWidth(text: string, font: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 7;
  pen.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}
