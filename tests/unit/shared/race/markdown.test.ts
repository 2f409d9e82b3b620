import { describe, expect, test } from "vitest";
import { markdownOf } from "../../../../shared/race/markdown.ts";
import { words } from "../../../../shared/words/words.ts";
import { race, trial } from "../../../fixtures/race.ts";

test("a race as a report holds it", () => {
  const [low, high] = /between ([\d.]+) and ([\d.]+)/.exec(markdownOf(race, words.en.lab))?.slice(1) ?? [];
  expect(markdownOf(race, words.en.lab)).toBe(`## nginx:1.27

nginx:1.27 is ready 6.1 times later in a VM, and weighs 15 times as much. The ratio lies between ${low} and ${high} with 95 % confidence. The VM was emulated in software (TCG): hardware acceleration would be faster.

|  | container | VM |
|---|--:|--:|
| **ms from the request to ready** |  |  |
| median | 236 | 1,440 |
| p95 | 248 | 1,490 |
| fastest | 220 | 1,400 |
| slowest | 250 | 1,500 |
| cold | 612 | 2,104 |
| runs | 5 | 5 |
| **median run, phase** |  |  |
| create | 50 |  |
| start | 146 |  |
| first process | 15 |  |
| ready | 25 |  |
| QEMU |  | 300 |
| kernel |  | 740 |
| init |  | 300 |
| ready |  | 100 |
| **MiB when ready** |  |  |
| gross | 19 | 285 |
| net | 5 | 5 |
| cache | 1 | – |
| tare | 13 | 280 |
| of it the image's copy | – | 14 |
| of it translated code | – | 32 |
| other | 0 | – |

Where: AMD Ryzen 7 7840U, 16 threads; Debian GNU/Linux 12 (bookworm); Docker 27.3.1 (overlay2 cgroup v2); QEMU 8.2.2 tcg microvm,acpi=off; guest 6.8.0-45; 1.00 CPU, 256 MiB; ready: TCP port 80 listens inside; the lab's own part 2.5 ms; kvm not used: no answer within 1 s
`);
});

test("in Korean", () => {
  const text = markdownOf(race, words.ko.lab);
  expect(text).toContain("nginx:1.27은(는) VM에서 준비될 때까지 6.1배 걸립니다. 무게는 15배입니다.");
  expect(text).toContain("| 중앙값 | 236 | 1,440 |");
});

describe("what was found decides the sentence", () => {
  const first = (container: readonly number[], vm: readonly number[]) =>
    markdownOf(
      {
        ...race,
        trials: [
          ...container.map((ready) => trial("container", { ready })),
          ...vm.map((ready) => trial("vm", { ready })),
        ],
      },
      words.en.lab,
    ).split("\n")[2];
  test.each([
    [[100, 100, 100], [50, 50, 50], "is ready 2.0 times sooner in a VM."],
    [[100, 110, 90], [95, 105, 100], "is ready about as soon in a VM as in a container."],
    [[100, 100], [], "is ready after 100 ms as a container."],
    [[], [4.25], "is ready after 4.3 ms as a VM."],
    [[], [], "was not ready once."],
  ] as const)("%j against %j: %s", (container, vm, sentence) => {
    expect(first(container, vm)).toContain(sentence);
  });
});

test("names from outside stay text", () => {
  const hostile = { kind: "image", image: "a|b](http://x)<img src=x>`\u202e" } as const;
  const text = markdownOf({ ...race, wish: { ...race.wish, subject: hostile } }, words.en.lab);
  expect(text.split("\n")[0]).toBe("## a\\|b\\](http://x)\\<img src=x\\>\\`\\\\u{202e}");
});

test("the user's own goes by the name that it had, and by its id where none was told", () => {
  const subject = { kind: "container", id: "docker:3f9c" } as const;
  const own = { ...race, image: null, wish: { ...race.wish, subject } };
  const title = (name: string | null) => markdownOf({ ...own, name }, words.en.lab).split("\n")[0];
  expect(title("shop-web")).toBe("## shop-web");
  expect(title(null)).toBe("## docker:3f9c");
});
