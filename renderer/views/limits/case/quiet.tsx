import { Button } from "react-aria-components";
import { visible } from "../../../../shared/format.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import { MemoryVerdict } from "../../../state/memory-verdict.tsx";
import { latest } from "../../../state/series.ts";
import { choose } from "../../../state/ui.ts";
import { useWatchedText } from "../../../state/use-watched.ts";
import { useWords } from "../../../state/words.ts";
import { nearness } from "../select.ts";
import { HourChart } from "./hour-chart.tsx";

/** Of whom nothing is said: where it stands all the same. */
export function Quiet({ instance }: { readonly instance: Instance }) {
  const words = useWords().limits.case;
  const { id, name, kind } = instance;
  const state = useWatchedText(() => {
    const sample = latest(id);
    return sample === null ? "waiting" : nearness(sample) === null ? "unlimited" : "limited";
  });
  return (
    <>
      <h2>
        <bdi>{words.quiet(visible(name, 60))}</bdi>
      </h2>
      <p>
        {state === "waiting"
          ? words.waiting
          : state === "unlimited"
            ? `${words.quietText} ${words.unlimitedText}`
            : words.quietText}
      </p>
      {kind === "container" ? <MemoryVerdict instance={instance} /> : null}
      <HourChart instance={instance} kind={kind === "vm" ? "memoryVm" : "memory"} />
      <div className="mends-acts">
        <Button className="btn" onPress={() => choose({ selected: id, open: id })}>
          {words.detail}
        </Button>
      </div>
    </>
  );
}
