import { bytesParts, times } from "../../format.ts";
import type { Bytes } from "../../model/units.ts";
import type { Phrase } from "../phrase.ts";

const figure = (tone: "container" | "vm", value: Bytes) => {
  const { figure, unit } = bytesParts(value);
  return { tone, text: figure, unit };
};
const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

const accelerators: { readonly [name: string]: string } = {
  kvm: "KVM",
  tcg: "TCG",
  hvf: "HVF",
  whpx: "WHPX",
};

/** What races give back to Scale. */
export const raced = {
  /** The same with the VM that was raced last, since what runs now does not tell. */
  boxesRaced: (container: Bytes, vm: Bytes, day: string): Phrase => [
    "The box alone: ",
    figure("container", container),
    " for a container, ",
    figure("vm", vm),
    ` for the VM that was raced here on ${day}, `,
    { tone: "strong", text: `${times(vm / container)} times` },
    " as much.",
  ],
  noVm: {
    title: "No VM here to compare with.",
    note: "Start one with QEMU or libvirt and it appears on this scale by itself.",
    race: (name: string) =>
      `Race one of these images as a VM: the same image, the same limits, the same probe. Lightest: ${name}; nothing stays behind.`,
    raceOne: (name: string) => `Race ${name}`,
    another: "Another…",
  },
  notRaced: "its image was not raced yet",
  readyNote: (median: string, p95: string, runs: number, day: string, accelerator: string | null) =>
    `median ${median} s, p95 ${p95} s, ${many(runs, "run", "runs")}, raced ${day}${
      accelerator === null ? "" : `, ${accelerators[accelerator] ?? accelerator}`
    }`,
  /** The VM that was raced last, where none runs. */
  raced: {
    none: "None runs here. Dashed: measured by the last race",
    another: "Race another image",
    asVm: (image: string) => `${image} as a VM`,
    boxes: (count: string) => `${count} such boxes`,
    on: (day: string) => `raced ${day}, not running`,
    empty: "of boxes, all empty",
    about: (amount: string) => `≈ ${amount}`,
    notRunning: "not running",
    foot: (image: string, accelerator: string | null, boot: string | null, runs: number) =>
      [
        `Raced: ${image}`,
        ...(accelerator === null ? [] : [accelerators[accelerator] ?? accelerator]),
        ...(boot === "direct" ? ["direct kernel boot"] : []),
        "weighed when ready",
        many(runs, "run", "runs"),
      ].join(", "),
  },
  /** A race's container and VM that run on, side by side. */
  pair: {
    mark: "pair",
    note: (image: string | null) =>
      `${image === null ? "A pair" : `${image}, as a container and as a VM,`} was left running by its race.`,
    stop: "Stop the pair",
  },
};
