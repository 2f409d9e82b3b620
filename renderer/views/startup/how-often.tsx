import { useWords } from "../../state/words.ts";
import { draw, useDraft } from "./draft.ts";
import { Stepper } from "./stepper.tsx";

const mib = 1024 * 1024;

/** How many runs, and how large each box is. */
export function HowOften() {
  const words = useWords().startup.how;
  const { runs, warmup, memory, cpus, giveUp } = useDraft();
  return (
    <section>
      <h2>{words.title}</h2>
      <Stepper
        of="runs"
        label={words.runs}
        value={runs}
        scale={1}
        unit=""
        least={1}
        most={100}
        whole
        onChange={(value) => draw({ runs: value })}
      />
      <Stepper
        of="warmup"
        label={words.warmup}
        note={words.warmupNote}
        value={warmup}
        scale={1}
        unit=""
        least={0}
        most={5}
        whole
        onChange={(value) => draw({ warmup: value })}
      />
      <Stepper
        of="memory"
        label={words.memory}
        note={words.memoryNote}
        value={memory}
        scale={mib}
        unit="MiB"
        least={32 * mib}
        most={2 ** 40}
        whole
        onChange={(value) => draw({ memory: value })}
      />
      <Stepper
        of="cpus"
        label={words.cpus}
        value={cpus}
        scale={1}
        unit={words.core(cpus)}
        least={0.1}
        most={64}
        whole={false}
        onChange={(value) => draw({ cpus: value })}
      />
      <Stepper
        of="giveUp"
        label={words.giveUp}
        value={giveUp}
        scale={1_000}
        unit={words.seconds}
        least={1_000}
        most={600_000}
        whole
        onChange={(value) => draw({ giveUp: value })}
      />
    </section>
  );
}
