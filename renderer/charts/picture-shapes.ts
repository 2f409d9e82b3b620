/** SVG elements that the charts are made of, and so all that a picture must know. */
type Shape = SVGRectElement | SVGLineElement | SVGCircleElement | SVGPathElement;

export const isShape = (element: Element): element is Shape =>
  element instanceof SVGRectElement ||
  element instanceof SVGLineElement ||
  element instanceof SVGCircleElement ||
  element instanceof SVGPathElement;

/** One shape as the page shows it. `home`: from CSS pixels of the window to pixels of the picture. */
export function drawShape(
  pen: CanvasRenderingContext2D,
  shape: Shape,
  style: CSSStyleDeclaration,
  home: DOMMatrix,
): void {
  const matrix = shape.getScreenCTM();
  if (!matrix) return;
  const path = pathOf(shape);
  pen.save();
  pen.setTransform(home.multiply(DOMMatrix.fromMatrix(matrix)));
  pen.globalAlpha = Number(style.opacity);
  if (style.fill !== "none" && !(shape instanceof SVGLineElement)) {
    pen.fillStyle = style.fill;
    pen.fill(path);
  }
  if (style.stroke !== "none") {
    pen.strokeStyle = style.stroke;
    pen.lineWidth = Number.parseFloat(style.strokeWidth);
    pen.setLineDash(
      style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat),
    );
    pen.stroke(path);
  }
  pen.restore();
}

/** Lengths in the shape's own units: shares ("40%") are worked out by the page. */
const length = ({ baseVal }: SVGAnimatedLength): number => baseVal.value;

function pathOf(shape: Shape): Path2D {
  if (shape instanceof SVGPathElement) return new Path2D(shape.getAttribute("d") ?? "");
  const path = new Path2D();
  if (shape instanceof SVGRectElement)
    path.rect(length(shape.x), length(shape.y), length(shape.width), length(shape.height));
  else if (shape instanceof SVGCircleElement)
    path.arc(length(shape.cx), length(shape.cy), length(shape.r), 0, 2 * Math.PI);
  else {
    path.moveTo(length(shape.x1), length(shape.y1));
    path.lineTo(length(shape.x2), length(shape.y2));
  }
  return path;
}
