import { visible } from "../../shared/format.ts";
import type { EngineName } from "../../shared/model/instance.ts";
import type { Trouble } from "../../shared/model/trouble.ts";
import { tellTrouble } from "../../shared/words/mends.ts";
import { Mend } from "../components/mend.tsx";
import { useWords } from "../state/words.ts";

type TroubleTextProps = { readonly engine: EngineName; readonly trouble: Trouble };

/** What is wrong with an engine, what it said itself, and the command that puts it right. */
export function TroubleText({ engine, trouble }: TroubleTextProps) {
  const { engines } = useWords();
  return (
    <>
      <p className="trouble">
        <bdi>{tellTrouble(trouble, engine, engines).what}</bdi>
      </p>
      {trouble.cause === null ? null : (
        <p>
          <bdi>{visible(trouble.cause)}</bdi>
        </p>
      )}
      <TroubleMend engine={engine} trouble={trouble} />
    </>
  );
}

/** The command that puts it right, with what it costs; where there is none, what else helps. */
export function TroubleMend({ engine, trouble }: TroubleTextProps) {
  const { engines, frame } = useWords();
  const { command, mend, risk } = tellTrouble(trouble, engine, engines);
  return (
    <span className="trouble-mend">
      {command === null ? null : <Mend command={command} words={frame} />}
      <span className="note">
        <bdi>{mend}</bdi>
        {risk === null ? null : ` ${risk}`}
      </span>
    </span>
  );
}
