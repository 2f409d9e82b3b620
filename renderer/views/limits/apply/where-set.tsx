import type { DiffLine, Mend, Prepared } from "../../../../shared/model/change.ts";
import type { Kind } from "../../../../shared/model/instance.ts";
import { limitText } from "../../../changes/amount-words.ts";
import { RefusedText } from "../../../changes/refused-text.tsx";
import { DiffLines } from "../../../components/diff-lines.tsx";
import { Foreign } from "../../../components/foreign.tsx";
import { PhraseText } from "../../../components/phrase-text.tsx";
import { TickBox } from "../../../components/tick-box.tsx";
import { useWords } from "../../../state/words.ts";
import { fileMend, nowMend } from "./use-apply.ts";
import "./where-set.css";

type WhereSetProps = {
  readonly kind: Kind;
  readonly prepared: Prepared;
  readonly mends: readonly Mend[];
  readonly now: boolean;
  readonly file: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (change: { readonly now?: boolean; readonly file?: boolean }) => void;
};

/** The two places where a limit is set, each with its difference: what runs now, and the file that it was made from. */
export function WhereSet(props: WhereSetProps) {
  return (
    <div className="where-set">
      <InForce {...props} />
      <ForGood {...props} />
    </div>
  );
}

function InForce({ kind, prepared, mends, now, isDisabled, onChange }: WhereSetProps) {
  const words = useWords().apply;
  const mend = nowMend(mends);
  const barred = mend === null || mend.trouble !== null;
  return (
    <section>
      <TickBox
        word={<PhraseText phrase={words.boxNow(kind)} />}
        note=""
        on={now}
        barred={barred || isDisabled}
        onChange={(on) => onChange({ now: on })}
      />
      {mend === null ? (
        <p className="where-how">{words.noNow}</p>
      ) : now ? (
        <code className="where-how">
          <Foreign text={mend.text} most={400} />
        </code>
      ) : (
        <p className="where-how">{words.nowOut}</p>
      )}
      {mend?.trouble ? <RefusedText refused={mend.trouble} /> : null}
      {mend === null || prepared.inspect.length === 0 ? null : (
        <DiffLines head={lookedAt(mend, prepared)} lines={prepared.inspect} on={now} words={words} />
      )}
    </section>
  );
}

/** The command that shows the limits as they are compared here. */
function lookedAt({ target }: Mend, { instance, name }: Prepared): string {
  const id = instance.slice(instance.indexOf(":") + 1, instance.indexOf(":") + 13);
  return (
    { docker: `docker inspect ${id}`, podman: `podman inspect ${id}` }[target as "docker"] ??
    `virsh dumpxml ${name}`
  );
}

function ForGood({ prepared, mends, file, isDisabled, onChange }: WhereSetProps) {
  const words = useWords().apply;
  const mend = fileMend(mends);
  const barred = mend === null || !mend.appliable || mend.trouble !== null;
  const changed = linesChanged(mend?.file?.diff ?? []);
  const before = prepared.from === null ? null : limitText(words, prepared.resource, prepared.from);
  return (
    <section>
      <TickBox
        word={<PhraseText phrase={words.boxFile} />}
        note=""
        on={file}
        barred={barred || isDisabled}
        onChange={(on) => onChange({ file: on })}
      />
      <p className="where-how">
        {mend === null
          ? words.noFile
          : barred
            ? null
            : file
              ? words.linesChanged(changed)
              : words.fileOut(before)}
      </p>
      {mend?.trouble ? <RefusedText refused={mend.trouble} /> : null}
      {mend?.file && mend.trouble === null ? (
        <DiffLines head={mend.file.path} lines={mend.file.diff} on={file} words={words} />
      ) : null}
    </section>
  );
}

const linesChanged = (diff: readonly DiffLine[]) =>
  Math.max(
    diff.filter(({ kind }) => kind === "added").length,
    diff.filter(({ kind }) => kind === "removed").length,
  );
