import { bytes, percent, wholeBytes } from "../../format.ts";
import type { MemoryVerdict } from "../../measure/verdict.ts";
import type { Phrase } from "../phrase.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;
const over = (text: string) => ({ tone: "over", text }) as const;

/** Words of the bar of a container's memory. */
export const verdict = {
  label: "Memory: what can kill it, and what the kernel can take back",
  parts: {
    own: "its own",
    kernel: "kernel",
    kernelAtMost: "kernel, at most",
    slab: "kernel caches",
    mapped: "mapped files",
    cache: "cache",
  },
  marks: { limit: "max", high: "high", peak: "peak" },
  /** What it comes to, in one sentence. */
  sentence: (told: MemoryVerdict): Phrase => {
    const { code, killable, takeBack, limit, left, share } = told;
    const of = `${told.atMost ? "At most " : ""}`;
    switch (code) {
      case "unknown":
        return ["The kernel counts no memory here: what could kill it is not known, and no limit holds."];
      case "unlimited":
        return [
          "No limit ends it. ",
          strong(bytes(killable)),
          ` only it can give back; ${bytes(takeBack)} the kernel can take.`,
        ];
      case "full":
        return [
          over(`${bytes(killable)} of ${wholeBytes(limit)} can’t be taken back`),
          `: ${bytes(left)} are left, and then the kernel kills. Its own memory and tmpfs are of that kind.`,
        ];
      case "near":
        return [
          strong(`${of}${bytes(killable)} can’t be taken back, ${percent(share)} % of its limit`),
          `: ${bytes(left)} are left.`,
        ];
      case "mapped":
        return [
          `It is near its limit by files that it maps: the kernel can take back ${bytes(takeBack)}, but they are missed at once and read again. What can kill it is `,
          strong(bytes(killable)),
          ` of ${wholeBytes(limit)}.`,
        ];
      case "slab":
        return [
          `It is near its limit by the kernel’s own caches of names and files, ${bytes(takeBack)} that it takes back when there is need. What can kill it is `,
          strong(bytes(killable)),
          ` of ${wholeBytes(limit)}.`,
        ];
      case "cache":
        return [
          `It is near its limit by cache: ${bytes(takeBack)} the kernel takes back when there is need. What can kill it is `,
          strong(bytes(killable)),
          ` of ${wholeBytes(limit)}.`,
        ];
      case "roomy":
        return [
          `${of}`,
          strong(`${bytes(killable)} of ${wholeBytes(limit)}`),
          ` can’t be taken back, so ${bytes(left)} are left. ${bytes(takeBack)} are cache, and no burden.`,
        ];
    }
  },
};
