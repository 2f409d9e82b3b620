import { visible } from "../../shared/format.ts";
import type { Trouble } from "../../shared/model/trouble.ts";
import { useWords } from "../state/words.ts";

type TroubleTextProps = { readonly trouble: Trouble };

/** What is wrong with an engine, what it said itself, and the command that puts it right. */
export function TroubleText({ trouble }: TroubleTextProps) {
  const { frame } = useWords();
  return (
    <>
      <p className="trouble">
        <bdi>{frame.troubles[trouble.code](visible(trouble.where))}</bdi>
      </p>
      {trouble.cause === null ? null : (
        <p>
          <bdi>{visible(trouble.cause)}</bdi>
        </p>
      )}
    </>
  );
}
