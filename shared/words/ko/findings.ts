import { bytes, cores, count, percent, wholeBytes } from "../../format.ts";
import type { Proposal } from "../../model/change.ts";
import type { EvidenceName } from "../../rules/evidence.ts";
import type { findings as english } from "../en/findings.ts";
import { lasting } from "./amounts.ts";
import { memory } from "./findings-memory.ts";
import { other } from "./findings-other.ts";

const rules = { ...memory, ...other };

const evidence: { readonly [name in EvidenceName]: string } = {
  kills: "강제 종료",
  limitHits: "한도에 닿음",
  refaults: "다시 읽은 페이지",
  waitedMemory: "메모리를 기다린 시간",
  stoodStillMemory: "모두 메모리를 기다린 시간",
  waitedCpu: "CPU를 기다린 시간",
  waitedIo: "디스크를 기다린 시간",
  restarts: "엔진의 재시작",
  memoryLimit: "메모리 한도",
  workingSet: "작업 집합",
  own: "자기 메모리",
  killable: "종료를 부르는 메모리",
  cache: "캐시",
  peak: "시작 후 최대",
  seenPeak: "본 것 중 최대",
  usual: "시간의 99 % 동안 이하",
  growth: "늘어나는 속도",
  fit: "꾸준한 정도",
  fullIn: "가득 차기까지",
  throttledPeriods: "스로틀된 주기",
  throttledTime: "잃은 시간",
  cores: "쓴 CPU",
  coresPeak: "본 것 중 최대",
  coresUsual: "시간의 99 % 동안 이하",
  cpuLimit: "할당량",
  hostCores: "전체가 쓰는 CPU",
  hostThreads: "이 컴퓨터의 스레드",
  pids: "프로세스와 스레드",
  pidsLimit: "최대",
  pidsHits: "거절된 시작",
  swap: "스왑에 있는 것",
  swapLimit: "스왑 한도",
  read: "읽기",
  readLimit: "읽기 한도",
  written: "쓰기",
  writeLimit: "쓰기 한도",
  reportedMemory: "엔진이 말하는 메모리 한도",
  reportedCpu: "엔진이 말하는 할당량",
  reportedPids: "엔진이 말하는 프로세스 한도",
  withoutMemory: "메모리 값이 없는 것",
  limitsNotHeld: "지켜지지 않는 한도",
  sumOfLimits: "한도와 크기의 합",
  hostMemory: "이 컴퓨터의 메모리",
  configured: "크기",
  gross: "호스트가 내준 것",
  inUse: "게스트가 쓰는 것",
  held: "쓰지 않고 쥔 것",
};

const amountOf = ({ resource, to }: Proposal): string => {
  if (resource === "memory" || resource === "vmMemory") return wholeBytes(to);
  return resource === "pids" ? `프로세스 ${count(to)}개` : `${cores(to)}코어`;
};
const seenOf = (resource: Proposal["resource"], value: number | null) =>
  resource === "cpu" || resource === "vmCpu"
    ? `${cores(value)}코어`
    : resource === "pids"
      ? count(value)
      : bytes(value);

export const findings: typeof english = {
  rule: (rule) => rules[rule].name,
  line: (finding) => rules[finding.rule].line(finding),
  title: (finding, name) => rules[finding.rule].title(finding, name),
  why: (finding) => rules[finding.rule].why(finding),
  evidence,
  severity: { note: "참고", warning: "주의", critical: "심각" },
  doubt: ({ proposal }) => {
    if (proposal === null) return null;
    const { resource, basis } = proposal;
    const amount = amountOf(proposal);
    if (basis.sure === "never-unhindered")
      return resource === "memory"
        ? `${amount}는 짐작입니다. 한도에 막히지 않고 충분히 돈 적이 없어 얼마가 필요한지 드러나지 않았습니다. 도는 동안 다시 따져 봅니다.`
        : resource === "pids"
          ? `${amount}는 짐작입니다. 몇 개까지 시작할지 본 적이 없습니다.`
          : `${amount}는 짐작입니다. 할당량이 없으면 얼마나 쓸지 본 적이 없습니다.`;
    const from = `${amount}: ${lasting(basis.over)} 동안 본 최댓값 ${seenOf(resource, basis.peak)}에 여유 ${percent(basis.headroom)} %를 더했습니다.`;
    return basis.sure === "measured"
      ? `${from} 시작할 때도 들어 있습니다.`
      : `${from} 본 시간이 짧거나 시작을 보지 못해, 더 필요할 수 있습니다.`;
  },
};
