import "./svg-charts.css";

type LensFlareProps = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Which share of the ruler above the lens opens. */
  readonly share: number;
};

/** From a stretch of the ruler above to the full width of the one below. */
export function LensFlare({ x, y, width, height, share }: LensFlareProps) {
  const at = x + width * share;
  const end = x + width;
  const edge = `C${at} ${y + height * 0.7} ${end} ${y + height * 0.3} ${end} ${y + height}`;
  return (
    <g className="lens-flare">
      <path className="wash" d={`M${x} ${y}H${at}${edge}H${x}z`} />
      <path className="edge" d={`M${x} ${y}H${at}${edge}`} />
    </g>
  );
}
