import "../../components/fillings.css";
import "./swatch.css";

/** A small piece of a filling before its word. */
export function Swatch({
  of,
}: {
  readonly of: "net" | "cache" | "tare" | "estimate" | "other" | "mixed" | "held";
}) {
  return <i className={`swatch ${of}`} aria-hidden="true" />;
}
