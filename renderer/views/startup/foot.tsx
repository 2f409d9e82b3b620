import { useWords } from "../../state/words.ts";
import "./foot.css";

/** Where it ran, one fact beside the other. */
export function Foot({ lines }: { readonly lines: readonly string[] }) {
  const { label } = useWords().startup.environment;
  return (
    <section className="ran-on" aria-label={label}>
      <p>
        {lines.map((line) => (
          <bdi key={line}>{line}</bdi>
        ))}
      </p>
    </section>
  );
}
