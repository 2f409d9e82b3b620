import { bytes, count, percent, wholeBytes } from "../../format.ts";
import type { Kind } from "../../model/instance.ts";
import type { limits as english } from "../en/limits.ts";
import { calm } from "./limits-calm.ts";

type ByKind = { readonly [kind in Kind]: number };

const listed = ({ container, vm }: ByKind) =>
  [
    ...(container > 0 ? [`컨테이너 ${count(container)}개`] : []),
    ...(vm > 0 ? [`가상 머신 ${count(vm)}대`] : []),
  ].join(", ");
const strong = (text: string) => ({ tone: "strong", text }) as const;

export const limits: typeof english = {
  over: (over, past) => [
    { tone: "over", text: `${listed(over)}: 한도를 ${past ? "넘었습니다." : "넘고 있습니다."}` },
  ],
  noneOver: (past) => [past ? "한도를 넘은 것은 없었습니다." : "한도를 넘은 것은 없습니다."],
  unlimited: (number, past) => [
    ` 메모리 한도가 없는 컨테이너는 ${count(number)}개${past ? "였습니다." : "입니다."}`,
  ],
  within: (number, past) => [
    number === 1
      ? `하나뿐인 인스턴스가 한도 안에 ${past ? "있었습니다." : "있습니다."}`
      : `${count(number)}개 모두 한도 안에 ${past ? "있었습니다." : "있습니다."}`,
  ],
  together: (sum, host, without, past) => {
    const save = without === 0 ? "" : ` (한도 없는 ${count(without)}개는 빼고)`;
    return sum <= host
      ? [
          "메모리 한도와 가상 머신 크기를 모두 더하면 ",
          strong(bytes(sum)),
          `, 호스트의 ${bytes(host)} 안이라 한꺼번에 다 채워도 ${past ? "되었습니다" : "됩니다"}${save}.`,
        ]
      : [
          "메모리 한도와 가상 머신 크기를 모두 더하면 ",
          strong(bytes(sum)),
          `, 호스트의 ${bytes(host)}보다 ${bytes(sum - host)} 많아 한꺼번에 다 채울 수는 ${past ? "없었습니다." : "없습니다."}`,
        ];
  },
  nearest: (name, share, limit, past) => [
    past ? "한도에 가장 가까웠던 것은 " : "한도에 가장 가까운 것은 ",
    strong(name),
    `, ${wholeBytes(limit)} 가운데 ${percent(share)} %${past ? "였습니다. " : "입니다. "}`,
  ],
  connecting: () => ["연결하는 중…"],
  connectingNote: () => ["Tare가 응답하면 한도와 쓰임이 여기 나타납니다."],
  reading: (number) => [`인스턴스 ${count(number)}개의 한도를 읽는 중…`],
  readingNote: () => ["첫 값까지 1초쯤, 첫 판단까지는 조금 더 걸립니다."],
  empty: {
    title: "실행 중인 것이 없어 한도를 볼 것도 없습니다.",
    text: "컨테이너나 가상 머신을 시작하면 쓸 수 있는 양과 쓰고 있는 양이 1초 안에 여기 나타납니다.",
    replay: "예시 녹화 재생",
    again: "지금 다시 찾기",
  },

  order: "순서",
  worstFirst: "심각한 것부터",
  nearestFirst: "한도에 가까운 것부터",
  byProject: "프로젝트별",
  show: "보이는 것",
  shown: { findings: "진단 있음", over: "한도 초과", all: "전체" },
  kind: "종류",
  kinds: { both: "두 종류 모두", container: "컨테이너", vm: "가상 머신" },
  muted: (number) => `알림 끔 ${count(number)}건`,
  legend: {
    label: "범례",
    workingSet: "작업 집합",
    reclaimable: "되찾을 수 있음",
    tick: "최고치. 가상 머신은 게스트가 쓰는 양",
    limit: "한도",
  },

  column: {
    instance: "인스턴스",
    memory: ["메모리", "한도 대비"],
    cpu: ["CPU", "할당량 대비"],
    throttled: ["스로틀", "5분"],
    pids: ["PID", ""],
    pressure: ["압박", "10초의 %"],
  },
  percent: (share) => `${share} %`,
  mib: "MiB",
  noLimit: "한도 없음",
  overIt: "한도 초과",
  reclaimable: (amount) => `${amount} MiB는 더 되찾을 수 있음`,
  peak: (amount) => `최고 ${amount} MiB`,
  inUse: (amount) => `게스트가 쓰는 양 ${amount} MiB`,
  of: (use, limit) => `${limit} MiB 가운데 ${use}`,
  ofCores: (use, limit) => `${limit} 코어 가운데 ${use}`,
  ofPids: (use, limit) => `${limit} 가운데 ${use}`,
  pressureOf: (memory, cpu, io) => `메모리 ${memory} %, CPU ${cpu} %, I/O ${io} %`,
  throttledNow: (share) => `최근 5분, 주기의 ${share} %에서 붙들림`,
  why: {
    notWeighed: "아직 재지 않았습니다",
    notCounted: "여기서는 커널이 세지 않습니다",
    noQuota: "자기 CPU 한도가 없어 붙들릴 일이 없습니다",
    vmThrottled: "가상 머신의 vCPU는 둘레에 할당량을 걸지 않는 한 스로틀되지 않습니다",
    vmPids: "프로세스는 게스트 안에 있어 호스트가 세지 못합니다",
    vmPressure: "압박은 게스트 안의 일이라 호스트에서 보이지 않습니다",
    noPressure: "이 커널은 여기의 압박을 재지 않습니다 (커널 명령줄에 psi=1을 주면 켜집니다)",
  },
  host: "이 컴퓨터",
  withinLimits: "한도 안에 있는 것",
  noProject: "프로젝트 없음",
  overCount: (number) => `${count(number)}개 초과`,
  nothingFits: "조건에 맞는 것이 없습니다.",
  showAll: "모두 보기",

  foot: {
    container: () => [
      { tone: "container", text: "컨테이너의 한도" },
      "는 커널이 그때그때 지키는 규칙입니다. 캐시를 거두고, CPU를 붙들고, 끝내 프로세스를 죽입니다. 남는 몫에는 값이 들지 않습니다.",
    ],
    vm: () => [
      { tone: "vm", text: "가상 머신의 한도" },
      "는 시작할 때 정해지는 크기입니다. 게스트가 한 번 건드린 메모리는 쓰든 안 쓰든 호스트에서 빠져나가 있습니다.",
    ],
  },

  case: {
    label: "진단",
    also: (number) => `이 인스턴스의 다른 진단 ${count(number)}건:`,
    evidence: "근거",
    since: (time, length) => `${time}부터 ${length}째`,
    chart: {
      memory: (last) => `cgroup 안의 메모리, MiB, ${last}`,
      memoryVm: (last) => `가상 머신이 호스트에서 차지한 메모리, MiB, ${last}`,
      cpu: (last) => `CPU, 코어, ${last}. 빨강은 할당량에 붙들린 때`,
      pressure: (last) => `메모리, CPU, I/O를 기다린 시간의 %, ${last}`,
      pids: (last) => `PID, ${last}`,
      io: (last) => `디스크, MB/s, ${last}`,
    },
    lasts: { 5: "최근 5분", 15: "최근 15분", 60: "최근 1시간" },
    chartFinding: (what, name, kills) =>
      `${what}: ${name}${kills === 0 ? "" : `, 메모리 때문에 ${count(kills)}번 종료됨`}`,
    pressures: { memory: "메모리", cpu: "CPU", io: "I/O" },
    asTable: "표로 보기",
    mends: "고치는 법",
    targets: {
      docker: "Docker",
      podman: "Podman",
      compose: "Compose",
      kubernetes: "Kubernetes",
      libvirt: "libvirt",
    },
    apply: "적용…",
    undo: (limit) => `되돌리면 ${limit}`,
    undoNone: "되돌리면 한도 없음",
    coresOf: (amount) => `${amount} 코어`,
    aSecond: (amount) => `초당 ${amount}`,
    inFile: (path) => `파일 ${path}`,
    loading: "바꾸는 방법을 찾는 중…",
    noMend: "여기서 바꿀 수 있는 명령이 없습니다.",
    recorded: "녹화는 바꿀 수 없습니다. 그때 이렇게 하면 되었습니다.",
    more: "더 보기",
    detail: "상세 열기",
    muteHere: "이 진단을 여기서만 끄기",
    muteRule: "이 진단을 어디서나 끄기",
    muteInstance: (name) => `${name}의 진단 모두 끄기`,
    muteFailed: "끄지 못했습니다.",
    quiet: (name) => `${name}: 한도 안에 있습니다.`,
    quietText: "어떤 규칙에도 걸리지 않았습니다.",
    unlimitedText: "가까워질 한도가 없습니다.",
    waiting: "첫 값을 기다리는 중입니다.",
  },
  opened: (title) => `새 진단: ${title}`,
  cleared: (title) => `해소됨: ${title}`,

  calm,
};
