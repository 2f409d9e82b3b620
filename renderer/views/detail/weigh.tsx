import type { Instance } from "../../../shared/model/instance.ts";
import { useWords } from "../../state/words.ts";
import type { Looked } from "./use-detail.ts";
import { useSample } from "./use-sample.ts";
import { WeighContainer } from "./weigh-container.tsx";
import { WeighVm } from "./weigh-vm.tsx";
import "./weigh.css";

/** What it weighs now, or why nothing can be said. */
export function Weigh({ instance, detail }: { readonly instance: Instance; readonly detail: Looked }) {
  const words = useWords().detail;
  const sample = useSample(instance.id);
  if (sample === null || sample.gross === null)
    return (
      <p className="weigh equation faint">
        {instance.weighed === null && instance.state !== "running" ? words.notWeighed : words.waiting}
      </p>
    );
  if (instance.kind === "vm")
    return (
      <WeighVm sample={sample} size={sample.configured ?? instance.virtualization?.configured ?? null} />
    );
  return <WeighContainer sample={sample} helperName={helperName(detail)} />;
}

/** The name of its helpers where all have the same. */
function helperName(detail: Looked): string | null {
  if (detail === null || detail === "looking") return null;
  const names = new Set(detail.processes.filter(({ helper }) => helper).map(({ name }) => name));
  const [only] = names;
  return names.size === 1 && only !== undefined ? only : null;
}
