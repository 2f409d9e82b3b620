import { bytes, bytesParts, percent, times } from "../../format.ts";
import type { Bytes } from "../../model/units.ts";
import type { scale as english } from "../en/scale.ts";
import type { Phrase } from "../phrase.ts";
import { raced } from "./scale-raced.ts";

type Heap = { readonly count: number; readonly gross: Bytes; readonly ago: string | null };

const figure = (tone: "container" | "vm" | "strong", value: Bytes, about = "") => {
  const { figure, unit } = bytesParts(value);
  return { tone, text: about + figure, unit };
};
const containers = (count: number) => `컨테이너 ${count}개`;
const vms = (count: number) => `가상 머신 ${count}대`;
const who = (tone: "container" | "vm", count: number) => (tone === "vm" ? vms(count) : containers(count));

/** The noun part; the caller ends the sentence, since only the last one carries the verb. */
const weight = (tone: "container" | "vm", heap: Heap): Phrase => [
  heap.ago === null
    ? `${who(tone, heap.count)}의 무게는 `
    : `${who(tone, heap.count)}의 ${heap.ago} 전 무게는 `,
  figure(heap.ago === null ? tone : "strong", heap.gross),
];
const ending = (past: boolean) => (past ? "였습니다." : "입니다.");

export const scale: typeof english = {
  headline: (container, vm, past, raced) => {
    if (container && vm) {
      const first = weight("container", container);
      const second = weight("vm", vm);
      const end = ending(past || (container.ago !== null && vm.ago !== null));
      return container.ago !== null && vm.ago === null
        ? [...second, ending(past), " ", ...first, ending(true)]
        : [...first, ", ", ...second, end];
    }
    if (container)
      return [
        ...weight("container", container),
        ending(past || container.ago !== null),
        past
          ? " 실행 중인 가상 머신은 없었습니다."
          : raced
            ? " 실행 중인 가상 머신은 없습니다."
            : " 견줄 가상 머신은 아직 없습니다.",
      ];
    if (vm)
      return [
        ...weight("vm", vm),
        ending(past || vm.ago !== null),
        past ? " 실행 중인 컨테이너는 없었습니다." : " 실행 중인 컨테이너는 없습니다.",
      ];
    return [past ? "실행 중인 것이 없었습니다." : "실행 중인 것이 없습니다."];
  },
  boxes: (container, share, vm, anyVm, past) =>
    vm === null
      ? [
          "용기만 달면 컨테이너는 하나에 ",
          figure("container", container),
          `로, 전체 무게의 ${percent(share)} %${ending(past)} `,
          past
            ? "가상 머신은 그때 재지 않았습니다."
            : anyVm
              ? "가상 머신은 아직 재지 않았습니다."
              : "가상 머신은 이 컴퓨터에서 잰 적이 없습니다.",
        ]
      : [
          "용기만 달면 컨테이너는 하나에 ",
          figure("container", container),
          ", 가상 머신은 하나에 ",
          figure("vm", vm, "약 "),
          "로 ",
          { tone: "strong", text: `${times(vm / container)}배` },
          "입니다.",
        ],
  ...raced,

  weighing: (count) => [`${count}개의 무게를 재는 중…`],
  weighed: (vm, vmAll, container, containerAll) => {
    const part = (read: number, all: number, words: (count: number) => string, counter: string) =>
      read === all ? words(all) : `${words(all)} 중 ${read}${counter}`;
    const parts = [
      ...(vmAll > 0 ? [part(vm, vmAll, vms, "대")] : []),
      ...(containerAll > 0 ? [part(container, containerAll, containers, "개")] : []),
    ];
    return [`${parts.join(", ")}를 읽었습니다. 첫 값이 나오기까지 1초쯤 걸립니다.`];
  },
  connecting: () => ["연결하는 중…"],
  connectingNote: () => ["Tare가 응답하면 여기서 실행 중인 것이 저울에 올라옵니다."],

  view: "보기",
  modes: { linear: "선형", log: "로그", area: "면적" },
  lens: "돋보기",
  factor: (factor) => `${factor}×`,
  legend: {
    label: "범례",
    net: "순수(net)",
    cache: "캐시",
    tare: "용기(tare)",
    mixed: "구분 불가",
    limit: "한도",
    gross: "총량(gross)",
    held: "점유",
    other: "기타",
    raced: "경주로 잰 것, 실행 중 아님",
    log: "한 눈금마다 두 배, 선의 길이는 비율입니다",
  },
  filter: {
    state: "상태",
    running: "실행 중",
    all: "모든 상태",
    over: "한도 초과",
    engine: "엔진",
    anyEngine: "모든 엔진",
    services: "시스템 서비스",
    project: "프로젝트",
    anyProject: "모든 프로젝트",
    group: "묶음",
    groupBy: (what) => `묶음: ${what}`,
    groups: { kind: "종류", project: "프로젝트", engine: "엔진", none: "없음" },
    asTable: "그래프를 표로",
  },
  column: {
    name: "이름",
    memory: "메모리, 하나의 눈금",
    memoryLog: "메모리, 로그 눈금",
    gross: "총량",
    net: "순수",
    cache: "캐시",
    tare: "용기",
    limit: "한도",
    inUse: "사용",
    used: "한도 대비",
    cpu: "CPU",
    throttled: "스로틀",
    image: "이미지",
    mean: "평균",
    largest: "최대",
    tareEach: "용기, 하나",
    ready: "준비",
    readyNote: "그 이미지를 마지막으로 경주했을 때 준비되기까지 걸린 시간의 중앙값",
    seconds: "초",
    up: "가동",
    ofHost: "호스트 대비",
    ratio: "× 순수",
    ratioNote: "총량을 순수 무게로 나눈 값",
    mib: "MiB",
    cores: "코어",
    percent: "%",
    trend: "최근 몇 분",
  },
  kinds: { vm: "가상 머신", container: "컨테이너" },
  noProject: "프로젝트 없음",
  everything: "전체",
  sum: (name, count) => `${name}, ${count}`,
  asOf: (ago) => `${ago} 전 값`,
  read: (count) => `${count}개 읽음`,
  overCount: (count) => `${count}개 초과`,
  over: "한도 초과",
  none: "없음",
  oom: (count) => `OOM ${count}`,
  oomNote: (count) => `메모리 부족으로 ${count}번 종료됨`,
  larger: (factor) => `${factor}배 확대`,
  same: (count) => `같은 눈금으로 그린 컨테이너 ${count}개`,
  median: "종류별 중앙값",
  states: {
    created: "만들어짐",
    running: "실행 중",
    paused: "일시 정지",
    restarting: "다시 시작하는 중",
    stopping: "멈추는 중",
    stopped: "중지",
    dead: "죽음",
    unknown: "상태 모름",
  },
  why: {
    noQuota: "CPU 한도가 없어 스로틀될 수 없습니다",
    notCounted: "여기서는 재지 않습니다",
  },
  bar: (parts, limit) => `${parts.join(", ")}${limit === null ? "" : `; 한도 ${limit}`}`,
  part: (name, amount) => `${name} ${amount}`,
  estimate: "점선 빗금: 같은 종류의 빈 게스트에서 추정한 용기 무게",
  notSplit: "구분 불가: 게스트가 순수 무게와 캐시를 나누어 알려 주지 않음",
  nothingFits: "조건에 맞는 것이 없습니다.",
  showAll: "모두 보기",
  empty: {
    title: "아직 잴 것이 없습니다.",
    text: "이 컴퓨터에서 엔진을 찾지 못했습니다. 몇 초마다 다시 찾아보며, 엔진이 켜지면 저절로 시작합니다. 따로 설정할 것은 없습니다.",
    sample: "어떤 앱인지 보려면, 컨테이너와 가상 머신이 도는 컴퓨터의 녹화를 재생해 보세요.",
    replay: "예시 재생",
    again: "지금 다시 찾기",
    lookedFor: "찾는 것",
    at: "위치",
    found: "결과",
  },
  idle: {
    title: "실행 중인 것이 없습니다.",
    text: (engines) =>
      `${engines.join(", ")}에 연결되어 있지만 실행 중인 컨테이너나 가상 머신이 없습니다. 하나를 켜면 1초 안에 여기 나타납니다.`,
  },
  area: {
    label: "면적으로 나눈 호스트 메모리",
    vms: (count) => vms(count),
    containers: (count) => containers(count),
    rest: "그 밖의 것",
    processes: "호스트 프로세스",
    cache: "호스트 페이지 캐시",
    cacheNote: "필요하면 돌려줌",
    free: "여유",
    host: "호스트",
    whole: (total) => ["사각형 전체가 호스트의 ", { tone: "strong", text: bytes(total) }, "입니다"],
    equal: "같은 면적은 같은 메모리:",
  },
  present: {
    more: (count) => `그 밖의 ${count}개`,
    containers: (count) => containers(count),
    over: "초과",
    live: (host) => `${host}, 실시간`,
    recorded: (host) => `${host}, 녹화`,
  },
};
