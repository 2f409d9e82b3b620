import { visible } from "../../../shared/format.ts";
import type { LabTrouble, Race } from "../../../shared/model/race.ts";
import { tellLabTrouble } from "../../../shared/words/lab-mends.ts";
import { Foreign } from "../../components/foreign.tsx";
import { Mend } from "../../components/mend.tsx";
import { useWords } from "../../state/words.ts";
import { type Failure, failuresOf } from "./failed.ts";
import "./failures.css";

/** What went wrong in a race: halves that could not run, and runs that were never ready, with what they printed. */
export function Failures({ race }: { readonly race: Race }) {
  const words = useWords().startup.failures;
  const failures = failuresOf(race);
  const failed = failures.reduce((sum, { more }) => sum + 1 + more, 0);
  return (
    <>
      {race.troubles.length === 0 ? null : (
        <section className="mend-box in-result" aria-label={words.half}>
          {race.troubles.map((trouble) => (
            <TroubleText key={`${trouble.code} ${trouble.where}`} trouble={trouble} />
          ))}
        </section>
      )}
      {failures.length === 0 ? null : (
        <section className="failures">
          <h2>
            {words.title(failed)} <span className="unit">{words.note}</span>
          </h2>
          {failures.map((failure) => (
            <FailureText key={failure.number} failure={failure} />
          ))}
        </section>
      )}
    </>
  );
}

/** A trouble in a line, its mend, and what was printed. */
export function TroubleText({ trouble }: { readonly trouble: LabTrouble }) {
  const { lab, frame } = useWords();
  const { what, mend, command } = tellLabTrouble(trouble, lab);
  return (
    <div className="trouble">
      <p>
        <b>{what}</b> {mend}
      </p>
      {command === null ? null : <Mend command={command} words={frame} />}
      {trouble.cause === null ? null : (
        <p className="cause">
          <Foreign text={trouble.cause} most={400} />
        </p>
      )}
      <Output lines={trouble.output} />
    </div>
  );
}

function FailureText({ failure: { number, kind, trouble, more } }: { readonly failure: Failure }) {
  const words = useWords().startup.failures;
  return (
    <div className="failure">
      <p className="which">
        {words.run(number, kind)}
        {more > 0 ? <span className="unit">{words.more(more)}</span> : null}
      </p>
      <TroubleText trouble={trouble} />
    </div>
  );
}

function Output({ lines }: { readonly lines: readonly string[] }) {
  const words = useWords().startup.failures;
  if (lines.length === 0) return null;
  return (
    <>
      <p className="output-name">{words.output}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="output" aria-label={words.output} tabIndex={0}>
        <pre>{lines.map((line) => visible(line, 400)).join("\n")}</pre>
      </section>
    </>
  );
}
