import { useState } from "react";
import { Button, Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { Mend, Proposal } from "../../../../shared/model/change.ts";
import type { Finding } from "../../../../shared/model/finding.ts";
import { limitText } from "../../../changes/amount-words.ts";
import { RefusedText } from "../../../changes/refused-text.tsx";
import { CopyButton, useCopying } from "../../../components/copy-button.tsx";
import { Foreign } from "../../../components/foreign.tsx";
import { useShortcuts } from "../../../state/keys.ts";
import { useMends } from "../../../state/use-mends.ts";
import { useWords } from "../../../state/words.ts";
import { useWorld } from "../../../state/world.ts";
import "./mends.css";

type MendsProps = {
  readonly finding: Finding;
  readonly proposal: Proposal;
  /** Opens the dialog that applies it. */
  readonly onApply: (finding: Finding) => void;
};

/** What would set the limit that mends it: a tab for each place, to copy, and to apply from here. */
export function Mends({ finding, proposal, onApply }: MendsProps) {
  const words = useWords().limits.case;
  const mends = useMends(finding.instance, proposal);
  const [chosen, setChosen] = useState<string | null>(null);
  if (mends === null) return <p className="mends-none">{words.loading}</p>;
  const shown = mends.find((one) => keyOf(one) === chosen) ?? mends[0];
  if (shown === undefined) return <p className="mends-none">{words.noMend}</p>;
  return (
    <section className="mends" aria-label={words.mends}>
      <Tabs selectedKey={keyOf(shown)} onSelectionChange={(key) => setChosen(String(key))}>
        <TabList className="mends-tabs" aria-label={words.mends}>
          {mends.map((one) => (
            <Tab key={keyOf(one)} id={keyOf(one)} className="mends-tab">
              {words.targets[one.target]}
            </Tab>
          ))}
        </TabList>
        <TabPanel id={keyOf(shown)} className="mends-panel">
          <Shown key={keyOf(shown)} mend={shown} finding={finding} proposal={proposal} onApply={onApply} />
        </TabPanel>
      </Tabs>
    </section>
  );
}

/** A long command goes on in a second line, as one writes it in a shell: with its second flag. */
function broken(text: string): string {
  if (text.includes("\n") || text.length < 44) return text;
  const [, first, rest] = /^(\S+ \S+ --\S+ \S+) (.+)$/.exec(text) ?? [];
  return first === undefined || rest === undefined ? text : `${first} \\\n  ${rest}`;
}

const keyOf = ({ target, now }: Mend) => `${target} ${now ? "now" : "file"}`;

function Shown({ mend, finding, proposal, onApply }: MendsProps & { readonly mend: Mend }) {
  const words = useWords();
  const { apply, undo, undoNone, recorded, inFile } = words.limits.case;
  const replay = useWorld((world) => world.replay !== null);
  const copying = useCopying(mend.text);
  // A recording can't be changed, and what no engine of ours sets is only copied.
  const canApply = !replay && mend.appliable && finding.instance !== null;
  useShortcuts({
    copyMend: copying.copy,
    applyMend: () => (canApply ? onApply(finding) : false),
  });
  return (
    <>
      {mend.file === null ? null : (
        <p className="mends-file">
          <Foreign text={inFile(mend.file.path)} most={200} />
        </p>
      )}
      <pre>
        {broken(mend.text.trimEnd())
          .split("\n")
          .map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text
            <Foreign key={index} className="code-line" text={line} most={400} />
          ))}
      </pre>
      {mend.trouble === null ? null : <RefusedText refused={mend.trouble} />}
      <div className="mends-acts">
        <CopyButton copying={copying} words={words.frame} main />
        {canApply ? (
          <Button className="btn" onPress={() => onApply(finding)}>
            {apply}
          </Button>
        ) : null}
        <span className="undo">
          {replay
            ? recorded
            : proposal.from === null
              ? undoNone
              : undo(limitText(words.apply, proposal.resource, proposal.from))}
        </span>
      </div>
    </>
  );
}
