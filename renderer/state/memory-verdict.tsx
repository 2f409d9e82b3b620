import { memoryVerdict } from "../../shared/measure/verdict.ts";
import type { Instance } from "../../shared/model/instance.ts";
import { defaultThresholds } from "../../shared/rules/thresholds.ts";
import { VerdictBar } from "../charts/verdict-bar.tsx";
import { latest } from "./series.ts";
import { useSettings } from "./settings.ts";
import { useWatched } from "./use-watched.ts";
import { useWords } from "./words.ts";

/** What can kill it against its limit, and what the kernel would take back first. */
export function MemoryVerdict({ instance: { id } }: { readonly instance: Instance }) {
  const { verdict: words } = useWords();
  const near = useSettings(
    ({ told }) => told?.settings.thresholds.memoryNear ?? defaultThresholds.memoryNear,
  );
  const verdict = useWatched(() => {
    const sample = latest(id);
    return sample === null ? null : memoryVerdict(sample, near);
  }, [id, near]);
  return verdict === null ? null : <VerdictBar verdict={verdict} words={words} />;
}
