import { bytes, cores, count, percent, rate, wholeBytes } from "../../format.ts";
import type { Finding } from "../../model/finding.ts";
import type { other as english } from "../en/findings-other.ts";
import { factOf, isSo, nameOf } from "../finding-facts.ts";
import { lasting, often } from "./amounts.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;
const limitOf = (finding: Finding, name: string) => {
  const value = factOf(finding, name);
  if (value === null) return "없음";
  if (finding.facts.resource === "memory") return wholeBytes(value);
  return finding.facts.resource === "cpu" ? `${cores(value)}코어` : `${count(value)}개`;
};
const resources: Record<string, string> = { memory: "메모리", cpu: "CPU", pids: "프로세스" };
const resourceOf = ({ facts }: Finding) => resources[String(facts.resource)] ?? "";

export const other: typeof english = {
  "restart-loop": {
    name: "재시작 반복",
    line: (finding) => `${often(factOf(finding, "restarts"))} 재시작`,
    title: (finding, name) =>
      `${name}: 끝났다 다시 시작되기를 지난 1시간 동안 ${often(factOf(finding, "restarts"))} 되풀이했습니다`,
    why: (finding) => [
      "끝날 때마다 엔진이 조금씩 더 기다렸다가 다시 시작합니다. ",
      (factOf(finding, "kills") ?? 0) > 0
        ? strong("메모리 부족으로 종료되고 있습니다. 따로 알려 드립니다.")
        : "이유는 출력에 있습니다: docker logs.",
    ],
  },
  "cpu-throttled": {
    name: "CPU 할당량에 묶임",
    line: (finding) => `주기의 ${percent(factOf(finding, "periods"))} %에서 스로틀됨`,
    title: (finding, name) =>
      `${name}: 할당량에 막혀 주기의 ${percent(factOf(finding, "periods"))} %에서 멈춰 있습니다`,
    why: (finding) => [
      "허용된 ",
      strong(`${cores(factOf(finding, "limit"))}코어`),
      `를 다 쓰고도 ${cores(factOf(finding, "lost"))}코어만큼의 시간을 서서 기다렸습니다. 컴퓨터가 놀고 있어도 이 컨테이너에 온 요청은 다음 주기까지 기다립니다.`,
    ],
  },
  "cpu-starved": {
    name: "CPU를 얻지 못함",
    line: (finding) => `시간의 ${percent(factOf(finding, "waited"))} %를 CPU를 기다림`,
    title: (finding, name) =>
      isSo(finding, "others")
        ? `${name}: 다른 것들이 쓰는 CPU를 기다리고 있습니다`
        : `${name}: 쓸 수 있는 코어보다 할 일이 많습니다`,
    why: (finding) => [
      "할당량에 막힌 것이 아닌데도 ",
      strong(`시간의 ${percent(factOf(finding, "waited"))} %`),
      isSo(finding, "others")
        ? `를 기다렸습니다. 얻은 것은 ${cores(factOf(finding, "cores"))}코어, 전체 ${count(factOf(finding, "threads"))}코어 중 ${cores(factOf(finding, "host"))}코어가 쓰이고 있습니다. 가중치(cpu-shares)를 올리면 몫이 커집니다.`
        : `를 기다렸습니다. 얻은 것은 ${cores(factOf(finding, "cores"))}코어이고, 여기서 하는 일의 대부분이 이것의 일입니다.`,
    ],
  },
  "quota-unused": {
    name: "지나치게 큰 CPU 할당량",
    line: (finding) =>
      `할당량 ${cores(factOf(finding, "limit"))}코어, 가장 많이 쓴 것이 ${cores(factOf(finding, "peak"))}`,
    title: (finding, name) =>
      `${name}: 할당량은 ${cores(factOf(finding, "limit"))}코어, 쓴 것은 많아야 ${cores(factOf(finding, "peak"))}코어입니다`,
    why: (finding) => [
      "쓰지 않는 할당량은 비용이 들지 않습니다. 다만 지나치게 크면 폭주하는 것을 막지 못합니다. 시간의 99 %는 ",
      strong(`${cores(factOf(finding, "p99"))}코어`),
      ` 이하였고, 지난 한 시간 동안 묶인 적이 없습니다. ${lasting(factOf(finding, "over"))} 동안 1초 평균으로 보았으니, 짧게 몰릴 때 빨리 답해야 하면 더 남겨 두세요.`,
    ],
  },
  "pids-full": {
    name: "프로세스 수가 한도에 가까움",
    line: (finding) => {
      const refused = factOf(finding, "refused") ?? 0;
      return refused > 0
        ? `프로세스 ${count(refused)}개를 시작하지 못함`
        : `프로세스 ${count(factOf(finding, "pids"))}개, 한도 ${count(factOf(finding, "limit"))}개`;
    },
    title: (finding, name) =>
      (factOf(finding, "refused") ?? 0) > 0
        ? `${name}: 프로세스를 ${count(factOf(finding, "limit"))}개 넘게 시작할 수 없습니다`
        : `${name}: 프로세스가 한도 ${count(factOf(finding, "limit"))}개 중 ${count(factOf(finding, "pids"))}개입니다`,
    why: (finding) => [
      "스레드도 셉니다. 한도에 닿으면 다음 시작이 실패하는데(EAGAIN), 이를 예상하는 프로그램은 드뭅니다. ",
      (factOf(finding, "refused") ?? 0) > 0
        ? strong(`30초 동안 ${often(factOf(finding, "refused"))} 실패했습니다.`)
        : "아직 실패한 적은 없습니다.",
    ],
  },
  "io-throttled": {
    name: "디스크 한도에 묶임",
    line: (finding) =>
      factOf(finding, "read") === null ? "한도가 허락하는 속도로 쓰는 중" : "한도가 허락하는 속도로 읽는 중",
    title: (finding, name) =>
      factOf(finding, "read") === null
        ? `${name}: 쓰기가 한도 ${rate(factOf(finding, "writeLimit"))} MB/s에 닿아 있습니다`
        : `${name}: 읽기가 한도 ${rate(factOf(finding, "readLimit"))} MB/s에 닿아 있습니다`,
    why: (finding) => {
      const waited = factOf(finding, "waited");
      return [
        "속도를 정하는 것은 디스크가 아니라 디스크에 걸린 한도입니다",
        waited === null ? "." : strong(`: 시간의 ${percent(waited)} %를 기다렸습니다.`),
      ];
    },
  },
  "limit-differs": {
    name: "다른 한도가 적용됨",
    line: (finding) => `엔진은 ${limitOf(finding, "reported")}, 실제는 ${limitOf(finding, "inForce")}`,
    title: (finding, name) => `${name}: 엔진이 말하는 ${resourceOf(finding)} 한도와 실제 한도가 다릅니다`,
    why: (finding) => [
      `엔진이 말하는 한도는 ${limitOf(finding, "reported")}, 실제로 적용된 한도는 `,
      strong(limitOf(finding, "inForce")),
      ...(nameOf(finding, "ancestor") === null
        ? ["입니다. 감싼 그룹이 정한 것이 아니니, 엔진 모르게 바뀌었습니다."]
        : ["입니다. 이것을 감싼 그룹이 정했습니다: ", strong(nameOf(finding, "ancestor") ?? ""), "."]),
    ],
  },
  "vm-unused": {
    name: "지나치게 큰 가상 머신",
    line: (finding) => {
      const unused = (factOf(finding, "size") ?? 0) - (factOf(finding, "peak") ?? 0);
      return `크기 중 ${bytes(unused)}는 쓴 적 없음`;
    },
    title: (finding, name) =>
      `${name}: 크기는 ${wholeBytes(factOf(finding, "size"))}, 쓴 것은 많아야 ${bytes(factOf(finding, "peak"))}입니다`,
    why: (finding) => [
      isSo(finding, "told") ? "게스트가 스스로 말한 값으로, " : "지금까지 건드린 메모리로 보아, ",
      strong(lasting(factOf(finding, "over"))),
      " 동안의 일입니다. 게스트가 한 번 건드린 메모리는 호스트로 돌아오지 않습니다. 크기를 줄이면 캐시로 채울 자리도 줄어듭니다.",
    ],
  },
  "vm-held": {
    name: "쓰지 않는 메모리를 쥔 가상 머신",
    line: (finding) => `쓰지 않으면서 ${bytes(factOf(finding, "held"))}를 쥐고 있음`,
    title: (finding, name) => `${name}: 게스트가 쓰지 않는 ${bytes(factOf(finding, "held"))}를 쥐고 있습니다`,
    why: (finding) => [
      "한 번 건드린 뒤 돌려주지 않은 메모리입니다. 호스트가 내준 것은 ",
      strong(bytes(factOf(finding, "gross"))),
      `, 게스트가 쓰는 것은 ${bytes(factOf(finding, "inUse"))}입니다. 호스트가 마음대로 되찾을 수는 없고, 벌룬을 줄이면 돌아옵니다.`,
    ],
  },
};
