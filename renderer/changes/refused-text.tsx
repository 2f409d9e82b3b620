import { Foreign } from "../components/foreign.tsx";
import type { ChangeRefused } from "../state/changes.ts";
import { useWords } from "../state/words.ts";
import "./refused-text.css";

/** Why a change is not, or was not, made: what is the matter, what puts it right, and the foreign message as it came. */
export function RefusedText({ refused }: { readonly refused: ChangeRefused }) {
  const words = useWords().apply;
  const { what, mend } = refused === "lost" ? words.lost : words.troubles[refused.code];
  const { where = "", cause = null } = refused === "lost" ? {} : refused;
  return (
    <div className="refused" role="alert">
      <p>
        <b>{what}</b> {mend}
      </p>
      {where === "" ? null : (
        <p className="refused-where">
          <Foreign text={where} most={300} />
        </p>
      )}
      {cause === null ? null : (
        <pre>
          <Foreign text={cause} most={600} />
        </pre>
      )}
    </div>
  );
}
