import { bytes, cores, count, percent, wholeBytes } from "../../format.ts";
import type { memory as english } from "../en/findings-memory.ts";
import { factOf, isSo, nameOf } from "../finding-facts.ts";
import { lasting, often } from "./amounts.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;

export const memory: typeof english = {
  "memory-killed": {
    name: "메모리 부족으로 종료됨",
    line: (finding) => {
      const killed = `${often(factOf(finding, "kills"))} 강제 종료`;
      const used = factOf(finding, "used");
      return used === null ? killed : `${killed}, 다시 ${percent(used)} %`;
    },
    title: (finding, name) => {
      const limit = factOf(finding, "limit");
      const why = limit === null ? "메모리 부족으로" : `${wholeBytes(limit)} 한도에 닿아`;
      return `${name}: 지난 ${lasting(factOf(finding, "within"))} 동안 ${why} ${often(factOf(finding, "kills"))} 강제 종료되었습니다`;
    },
    why: (finding) => {
      const who = nameOf(finding, "who");
      const whose = who === null ? [] : [" 마지막으로 종료된 프로세스: ", strong(who), "."];
      if (!isSo(finding, "running"))
        return ["그 때문에 컨테이너가 끝났습니다. 들고 있던 것과 하던 일도 함께 사라졌습니다.", ...whose];
      return [
        "자기 메모리가 ",
        strong(bytes(factOf(finding, "own"))),
        `, 캐시가 ${bytes(factOf(finding, "cache"))}입니다. ${
          factOf(finding, "used") === null
            ? "자기 메모리가 한도에 닿으면 커널이 프로세스를 종료합니다."
            : "커널이 되찾을 수 있는 것이 거의 남지 않았습니다."
        }`,
        ...whose,
      ];
    },
  },
  "memory-thrashing": {
    name: "메모리 한도에서 헛도는 중",
    line: (finding) => `시간의 ${percent(factOf(finding, "waited"))} %를 메모리를 기다리며 보냄`,
    title: (finding, name) =>
      `${name}: 종료되지는 않지만 ${wholeBytes(factOf(finding, "limit"))} 한도에 붙어 시간을 허비하고 있습니다`,
    why: (finding) => [
      "커널이 되찾아 간 페이지가 곧바로 다시 필요해집니다. ",
      strong(`1초에 ${count(factOf(finding, "refaults"))}개`),
      `를 다시 읽었고, 최근 ${lasting(factOf(finding, "over"))}의 ${percent(factOf(finding, "waited"))} %를 기다리며 보냈습니다. 강제 종료가 없어 드러나지 않을 뿐, 그저 느립니다.`,
    ],
  },
  "memory-filling": {
    name: "메모리가 차오름",
    line: (finding) => `이대로면 ${lasting(factOf(finding, "fullIn"))} 뒤 가득 참`,
    title: (finding, name) =>
      `${name}: 약 ${lasting(factOf(finding, "fullIn"))} 뒤 ${wholeBytes(factOf(finding, "limit"))} 한도에 닿습니다`,
    why: (finding) => [
      "스스로 내놓아야만 줄어드는 메모리가 ",
      strong(`1분에 ${bytes(factOf(finding, "perMinute"))}`),
      `씩 ${lasting(factOf(finding, "over"))}째 꾸준히 늘어 지금 ${bytes(factOf(finding, "own"))}입니다. 한도에 닿으면 강제 종료됩니다.`,
    ],
  },
  "swap-full": {
    name: "메모리 한도에서 스왑 사용",
    line: (finding) =>
      isSo(finding, "full") ? "스왑도 거의 가득 참" : `${bytes(factOf(finding, "swap"))}가 스왑에 있음`,
    title: (finding, name) =>
      `${name}: ${wholeBytes(factOf(finding, "limit"))} 한도에 닿아 스왑으로 버티고 있습니다`,
    why: (finding) => [
      "한도 안에 자리가 없어 메모리 ",
      strong(bytes(factOf(finding, "swap"))),
      "가 스왑으로 밀려났습니다. ",
      isSo(finding, "full")
        ? "스왑도 거의 찼으니 다음은 강제 종료입니다."
        : "그 메모리를 건드릴 때마다 디스크를 기다립니다.",
    ],
  },
  "cache-only": {
    name: "캐시 때문에 한도에 가까움",
    line: (finding) => `${percent(factOf(finding, "used"))} %지만 대부분 캐시, 할 일 없음`,
    title: (finding, name) =>
      `${name}: 캐시만으로 메모리 한도의 ${percent(factOf(finding, "used"))} %에 있습니다`,
    why: (finding) => [
      `${wholeBytes(factOf(finding, "limit"))} 중 되찾을 수 없는 것은 `,
      strong(bytes(factOf(finding, "own"))),
      "뿐입니다. 나머지는 두 번 읽은 파일이라 자리가 필요하면 커널이 바로 비우고, 아무도 기다리지 않습니다. 할 일은 없습니다.",
    ],
  },
  "no-limit": {
    name: "메모리 한도 없음",
    line: (finding) => {
      const growth = factOf(finding, "perHour");
      return growth === null ? "메모리 한도 없음" : `메모리 한도 없음, 1시간에 ${bytes(growth)}씩 늘어남`;
    },
    title: (_, name) => `${name}: 메모리 한도가 없습니다`,
    why: (finding) => [
      "지금 ",
      strong(bytes(factOf(finding, "used"))),
      `를 쓰고, ${lasting(factOf(finding, "over"))} 동안 가장 많이 쓴 것이 ${bytes(factOf(finding, "peak"))}입니다. 메모리가 새면 멈출 때까지 다른 모두의 몫을 가져갑니다.`,
    ],
  },
  "limit-unused": {
    name: "지나치게 큰 메모리 한도",
    line: (finding) =>
      `한도 ${wholeBytes(factOf(finding, "limit"))}, 가장 많이 쓴 것이 ${bytes(factOf(finding, "peak"))}`,
    title: (finding, name) =>
      `${name}: 한도는 ${wholeBytes(factOf(finding, "limit"))}, 쓴 것은 많아야 ${bytes(factOf(finding, "peak"))}입니다`,
    why: (finding) => [
      "쓰지 않는 한도는 비용이 들지 않습니다. 다만 메모리가 새도 오래 드러나지 않고, 한도를 다 더하면 필요보다 많은 것을 약속한 셈이 됩니다. 시간의 99 %는 ",
      strong(bytes(factOf(finding, "p99"))),
      " 이하였습니다.",
    ],
  },
  "limit-above-host": {
    name: "컴퓨터보다 큰 한도",
    line: () => "이 컴퓨터보다 큰 한도",
    title: (finding, name) =>
      isSo(finding, "vm") ? `${name}: 이 컴퓨터보다 큽니다` : `${name}: 닿을 수 없는 한도가 걸려 있습니다`,
    why: (finding) => {
      const memory = finding.facts.resource === "memory";
      const amount = (name: string) =>
        memory ? wholeBytes(factOf(finding, name)) : `${cores(factOf(finding, name))}코어`;
      return [
        "한도 ",
        strong(amount("limit")),
        `, 있는 것은 ${amount("host")}. 컴퓨터의 크기 말고는 막는 것이 없으니 한도가 없는 것과 같습니다.`,
      ];
    },
  },
  "limits-over-host": {
    name: "한도의 합이 컴퓨터보다 큼",
    line: (finding) => `약속 ${bytes(factOf(finding, "sum"))}, 실제 ${bytes(factOf(finding, "host"))}`,
    title: (finding) =>
      `한도를 모두 더하면 ${bytes(factOf(finding, "sum"))}로, 이 컴퓨터의 ${bytes(factOf(finding, "host"))}보다 많습니다`,
    why: (finding) => {
      const available = factOf(finding, "available");
      return [
        `${count(factOf(finding, "count"))}개의 한도와 크기를 한꺼번에 채울 수는 없습니다. `,
        available === null
          ? "흔한 일이고, 대부분이 한도에 한참 못 미치는 동안은 괜찮습니다."
          : `지금 ${bytes(available)}만 남았습니다. 다음 요청은 거절되거나, 커널이 누군가를 골라 종료합니다.`,
      ];
    },
  },
  "controller-off": {
    name: "메모리를 세지 않음",
    line: (finding) => `커널이 ${count(factOf(finding, "count"))}개의 메모리를 세지 않음`,
    title: (finding) => {
      const name = nameOf(finding, "name");
      return name === null
        ? "커널이 여기 컨테이너의 메모리를 세지 않습니다"
        : `${name}: 커널이 메모리를 세지 않습니다`;
    },
    why: (finding) => {
      const limited = factOf(finding, "limited") ?? 0;
      return [
        limited > 0
          ? strong(`메모리 한도 ${limited}개가 걸려 있지만 지켜지지 않습니다.`)
          : "재지 못할 뿐 아니라, 메모리 한도를 걸어도 지켜지지 않습니다.",
        " 메모리 컨트롤러가 꺼져 있거나(라즈베리 파이의 기본값) 아래로 넘겨지지 않았습니다. 커널 명령줄에 추가하세요: cgroup_enable=memory cgroup_memory=1",
      ];
    },
  },
};
