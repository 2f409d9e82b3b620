import type { Sample } from "../../../shared/figures.ts";
import { unknown } from "../../../shared/format.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import { useWords } from "../../state/words.ts";
import { unknowns } from "./unknowns.ts";
import "./unknown-list.css";

/** What is not known of it and why: said here once, instead of a chart that would show nothing. */
export function UnknownList({ instance, sample }: { readonly instance: Instance; readonly sample: Sample }) {
  const words = useWords().detail.facts;
  const list = unknowns(instance, sample);
  if (list.length === 0) return null;
  return (
    <section className="unknown-list">
      <h3>{words.unknownTitle}</h3>
      <dl>
        {list.map(({ what, why }) => (
          <div key={what}>
            <dt>
              {words.unknown[what]} <span>{unknown}</span>
            </dt>
            <dd>{words.why[why]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
