import { bytes, percent, wholeBytes } from "../../format.ts";
import type { verdict as english } from "../en/verdict.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;
const over = (text: string) => ({ tone: "over", text }) as const;

export const verdict: typeof english = {
  label: "메모리: 종료를 부르는 것과 커널이 되찾을 수 있는 것",
  parts: {
    own: "자기 것",
    kernel: "커널",
    kernelAtMost: "커널, 많아야",
    slab: "커널 캐시",
    mapped: "매핑된 파일",
    cache: "캐시",
  },
  marks: { limit: "max", high: "high", peak: "최대" },
  sentence: (told) => {
    const { code, killable, takeBack, limit, left, share } = told;
    const most = told.atMost ? "많아야 " : "";
    switch (code) {
      case "unknown":
        return [
          "커널이 여기서는 메모리를 세지 않아, 무엇이 종료를 부를지 알 수 없고 한도도 지켜지지 않습니다.",
        ];
      case "unlimited":
        return [
          "막는 한도가 없습니다. 스스로 내놓아야 하는 것이 ",
          strong(bytes(killable)),
          `, 커널이 되찾을 수 있는 것이 ${bytes(takeBack)}입니다.`,
        ];
      case "full":
        return [
          over(`${wholeBytes(limit)} 중 ${bytes(killable)}는 되찾을 수 없습니다`),
          `. ${bytes(left)} 남았고, 그다음은 강제 종료입니다. 자기 메모리와 tmpfs가 그런 것입니다.`,
        ];
      case "near":
        return [
          strong(`${most}${bytes(killable)}, 한도의 ${percent(share)} %는 되찾을 수 없습니다`),
          `. ${bytes(left)} 남았습니다.`,
        ];
      case "mapped":
        return [
          `매핑한 파일 때문에 한도에 가깝습니다. 커널이 ${bytes(takeBack)}를 되찾을 수 있지만 곧바로 아쉬워져 다시 읽게 됩니다. 종료를 부르는 것은 ${wholeBytes(limit)} 중 `,
          strong(bytes(killable)),
          "입니다.",
        ];
      case "slab":
        return [
          `커널이 이름과 파일을 담아 둔 캐시 때문에 한도에 가깝습니다. 필요하면 커널이 ${bytes(takeBack)}를 되찾습니다. 종료를 부르는 것은 ${wholeBytes(limit)} 중 `,
          strong(bytes(killable)),
          "입니다.",
        ];
      case "cache":
        return [
          `캐시 때문에 한도에 가깝습니다. 필요하면 커널이 ${bytes(takeBack)}를 되찾습니다. 종료를 부르는 것은 ${wholeBytes(limit)} 중 `,
          strong(bytes(killable)),
          "입니다.",
        ];
      case "roomy":
        return [
          `${wholeBytes(limit)} 중 되찾을 수 없는 것은 ${most}`,
          strong(bytes(killable)),
          `, 남은 것은 ${bytes(left)}입니다. 캐시 ${bytes(takeBack)}는 짐이 아닙니다.`,
        ];
    }
  },
};
