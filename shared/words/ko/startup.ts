import type { Kind } from "../../model/instance.ts";
import type { LabPart } from "../../model/race.ts";
import type { startup as english } from "../en/startup.ts";
import { startupResult } from "./startup-result.ts";

const strong = (text: string) => ({ tone: "strong" as const, text });
const named = (tone: Kind) => ({ tone, text: tone === "vm" ? "가상 머신" : "컨테이너" });

/** "컨테이너로", "가상 머신으로". */
const to = ({ tone }: { readonly tone: Kind }) => (tone === "vm" ? "으로" : "로");

const lacks: { readonly [part in LabPart["part"]]: string } = {
  docker: "Docker가 없어서",
  qemu: "QEMU가 없어서",
  accelerator: "게스트를 부팅할 가속기가 없어서",
  machine: "부팅되는 머신 종류가 없어서",
  kernel: "게스트가 쓸 커널이 없어서",
  helper: "게스트가 쓸 도우미가 없어서",
};

export const startup: typeof english = {
  back: "다시 고르기",

  plan: (name, kinds, runs) => {
    const [first, second] = kinds.map(named);
    if (!first) return ["아직 시작할 수 있는 것이 없습니다."];
    if (!second) return [strong(name), ": ", first, `${to(first)} ${runs}번 시작합니다.`];
    return [
      strong(name),
      ": ",
      first,
      `${to(first)} ${runs}번, `,
      second,
      `${to(second)} ${runs}번 시작합니다.`,
    ];
  },
  onlyHalf: (part, kind) => [`${lacks[part]} 여기서는 `, named(kind), "만 시작할 수 있습니다."],
  planNote: {
    both: "같은 이미지, 같은 한도, 같은 준비 확인. 순서를 섞어서 어느 쪽도 데워진 컴퓨터의 덕을 보지 않습니다.",
    container: "매번 새로 시작해 시간을 재고 치웁니다.",
    vm: "매번 새로 시작해 시간을 재고 끕니다.",
    half: "이 절반만 재서 남겨 둡니다. 나머지 절반이 가능해지면 그때 견줍니다.",
    none: "없는 것과 그것을 갖추는 방법이 오른쪽에 있습니다.",
    replay:
      "녹화입니다. 녹화된 경주를 볼 수 있지만 새로 시작할 수는 없습니다. 실시간으로 돌아가면 할 수 있습니다.",
    looking: "이 컴퓨터로 무엇을 할 수 있는지 알아보는 중…",
  },
  choose: () => ["시작할 것을 고르세요."],
  replayed: (races) =>
    races === 0 ? ["이 녹화에는 경주가 없습니다."] : [`이 녹화에는 경주가 ${races}번 있습니다.`],
  connecting: () => ["연결하는 중…"],

  row: {
    label: "실행",
    runs: (runs) => [strong(`${runs}번 실행`)],
    cold: (cold) => `, 그 전에 콜드 실행 각 ${cold}번`,
    coldOne: (cold) => `, 그 전에 콜드 실행 ${cold}번`,
    only: { container: ", 컨테이너만", vm: ", 가상 머신만" },
    about: (time) => `약 ${time}`,
    left: (time) => `${time} 남음`,
    preparing: () => [strong("준비 중"), ", 양쪽이 쓸 것을 만들고 있습니다…"],
    racing: (number, of, cold, kind, phase) => [
      strong("경주 중"),
      cold ? " 콜드 실행" : ` ${of}번 중 ${number}번째`,
      `, ${named(kind).text}: ${phase}…`,
    ],
    ending: () => [strong("경주 중"), ", 마지막 것을 치우는 중…"],
    cell: (kind, cold, state) => `${named(kind).text}${cold ? ", 콜드" : ""}: ${state}`,
    states: {
      planned: "예정",
      now: "실행 중",
      done: "준비됨",
      failed: "실패",
      cant: "여기서는 불가능",
      left: "실행하지 않음",
    },
    toCome: (runs) => `${runs}번 실행 예정`,
    finding: (done, all, failed) => `${all}번 중 ${done}번 끝남${failed > 0 ? `, ${failed}번 실패` : ""}`,
  },
  start: "경주 시작",
  time: { container: "컨테이너 시간 재기", vm: "가상 머신 시간 재기" },
  stop: "여기서 멈춤",
  stopping: "멈추는 중…",
  roughly: (value) => {
    const seconds = Math.max(1, Math.round(value / 1_000));
    const minutes = Math.floor(seconds / 60);
    const rest = Math.round((seconds % 60) / 10) * 10;
    if (minutes === 0) return `${seconds}초`;
    return rest === 0 || rest === 60 || minutes > 9
      ? `${minutes + (rest === 60 ? 1 : 0)}분`
      : `${minutes}분 ${rest}초`;
  },

  what: {
    title: "무엇을",
    sources: { image: "이미지", builtin: "내장", own: "내 것" },
    filter: (images) => `이미지 ${images}개에서 찾기`,
    filterName: "이미지 찾기",
    image: "이미지",
    mib: "MiB",
    asVm: "가상 머신으로",
    bootable: "바로 부팅",
    prepare: (seconds) => `준비 ${seconds}초`,
    notHere: (name) => `Docker에 “${name}”에 맞는 이미지가 없습니다. 이렇게 받습니다:`,
    noDocker: "Docker가 응답하지 않아 고를 이미지가 없습니다. 고치는 방법은 오른쪽에 있습니다.",
    noImages: "Docker에 아직 이미지가 없습니다. 작은 것을 받으려면:",
    looking: "Docker에 이미지를 묻는 중…",
    note: (containers, vms) =>
      `내장: 이 컴퓨터에 있는 것으로 만든 작업. 내 것: ${[
        ...(containers > 0 ? [`멈춘 컨테이너 ${containers}개`] : []),
        ...(vms > 0 ? [`꺼진 가상 머신 ${vms}대`] : []),
        "디스크 이미지",
      ].join(", ")}. 먼저 묻고, 끝나면 되돌려 놓습니다.`,
    builtins: {
      true: { name: "true", note: "아무것도 하지 않고 끝남: 용기만의 비용" },
      web: { name: "웹 서버", note: "정적 페이지 하나, 포트가 열리면 준비됨" },
      work: { name: "1초 작업", note: "CPU를 1초 쓰고 끝남: 용기의 비용이 거의 묻히는 경우" },
    },
    own: {
      name: "이름",
      kind: "종류",
      kinds: { container: "컨테이너", domain: "libvirt 가상 머신" },
      none: "멈춘 컨테이너도 꺼진 가상 머신도 없습니다. 실행 중인 것은 멈추지 않고는 잴 수 없습니다.",
      disk: "디스크 이미지",
      diskKind: "시스템 전체",
      diskNote: "qcow2나 raw, 스냅숏으로 부팅하므로 파일에는 쓰지 않습니다",
      path: "디스크 이미지 경로",
      placeholder: "/path/to/disk.qcow2",
    },
  },

  ready: {
    title: "준비된 때",
    port: "TCP 포트가 열리면",
    portField: "포트",
    exposes: (port) => `이미지가 여는 포트 ${port}`,
    exposesNone: "이미지가 여는 포트가 없으니 적어 주세요",
    line: "출력 한 줄이 맞으면",
    lineField: "정규식",
    lineExample: "예: start worker",
    linePlaceholder: "start worker",
    exit: "0으로 끝나면",
    health: "HEALTHCHECK를 통과하면",
    bars: {
      noHealthcheck: "이 이미지에는 없음",
      neverExits: "시스템 전체는 끝나지 않음",
      noHealthInGuest: "시스템 전체에는 없음",
    },
    note: "양쪽 모두 안에서 봅니다. 호스트가 넘겨주는 포트는 아무도 듣지 않을 때부터 응답하기 때문입니다.",
  },
  after: {
    title: "끝난 뒤",
    keep: "둘 다 켜 두기",
    keepOne: "켜 두기",
    keepNote: "멈출 때까지 저울에 나란히 남습니다",
    weigh: "준비되면 둘 다 무게 재기",
    weighOne: "준비되면 무게 재기",
  },
  how: {
    title: "몇 번, 얼마나 크게",
    runs: "각각 실행",
    warmup: "콜드 실행",
    warmupNote: "따로 보이고 통계에는 들어가지 않음",
    memory: "메모리",
    memoryNote: "가상 머신에는 크기, 컨테이너에는 한도",
    cpus: "CPU",
    giveUp: "포기할 때까지",
    core: () => "코어",
    seconds: "초",
    less: (what) => `${what}: 줄이기`,
    more: (what) => `${what}: 늘리기`,
  },
  bars: {
    noImage: "먼저 이미지를 고르세요.",
    nothingChosen: "먼저 시작할 것을 고르세요.",
    noPort: "기다릴 포트를 적으세요.",
    noPattern: "기다릴 줄을 적으세요.",
    badPattern: "올바른 정규식이 아닙니다.",
    nothingRuns: "아직 시작할 수 있는 것이 없습니다. 없는 것을 확인하세요.",
  },

  can: {
    title: "이 컴퓨터로 할 수 있는 것",
    parts: {
      docker: "Docker",
      qemu: "QEMU",
      accelerator: "가속기",
      machine: "머신",
      kernel: "커널",
      helper: "도우미",
    },
    states: { ready: "준비됨", missing: "없음", untried: "아직 시험하지 않음" },
    missing: "찾지 못함",
    lookedFor: (where) => `${where}: 찾아봤지만 없음`,
    took: {
      accelerator: (time) => `시험 펌웨어 부팅 ${time}`,
      machine: (time) => `여기서 가장 빨리 부팅된 것, ${time}`,
    },
    untried: "나머지가 갖춰지면 시험합니다",
    forHalf: (kind) => [strong(kind === "vm" ? "가상 머신 쪽:" : "컨테이너 쪽:")],
    looking: "알아보는 중…",
    again: "Tare가 몇 초마다 다시 보고 저절로 채웁니다.",
  },

  ask: {
    title: (name) => `${name}: 시작할까요?`,
    container: (name, runs) =>
      `${name}: 사용자의 컨테이너입니다. Tare가 ${runs}번 시작하고, 준비될 때까지 기다렸다가 다시 멈춥니다. 평소에 시작할 때 하던 일을 그대로 하며, 포트와 볼륨과 네트워크도 그 컨테이너의 것을 씁니다.`,
    domain: (name, runs) =>
      `${name}: 사용자의 가상 머신입니다. Tare가 ${runs}번 시작하고, 준비될 때까지 기다렸다가 다시 끕니다. 1분이 지나도 스스로 꺼지지 않으면 전원을 강제로 끊으며, 그때까지 디스크에 쓰지 못한 것은 사라집니다. 평소에 시작할 때처럼 디스크에 씁니다.`,
    disk: (runs) =>
      `이 파일로 가상 머신을 ${runs}번 부팅합니다. 쓰는 것은 버릴 스냅숏에만 하고, 파일은 읽기만 합니다.`,
    yes: "시작",
    no: "그만두기",
  },

  ...startupResult,
};
