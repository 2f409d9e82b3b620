import { milliseconds, times } from "../../format.ts";
import type { Kind } from "../../model/instance.ts";
import type { Millis } from "../../model/units.ts";
import type { startupResult as english } from "../en/startup-result.ts";
import type { Phrase } from "../phrase.ts";

const ms = (tone: Kind, value: Millis) => ({ tone, text: milliseconds(value), unit: "ms" });
const strong = (text: string) => ({ tone: "strong" as const, text });
const kinds = { container: "컨테이너", vm: "가상 머신" };
/** "컨테이너에서", "가상 머신에서": where it got ready. */
const inside = (kind: Kind) => `${kinds[kind]}에서`;

export const startupResult: typeof english = {
  verdict: (name, verdict, ratio, weight) => {
    const heavier: Phrase =
      weight === null
        ? ["."]
        : weight >= 1
          ? [", 무게는 ", strong(`${times(weight)}배`), "입니다."]
          : [", 무게는 ", strong(`${times(1 / weight)}분의 1`), "입니다."];
    const ending = weight === null ? "준비됩니다" : "준비되고";
    if (verdict === "vm-later")
      return [`${name}: 가상 머신에서는 `, strong(`${times(ratio)}배 늦게`), ` ${ending}`, ...heavier];
    if (verdict === "container-later")
      return [`${name}: 가상 머신에서 `, strong(`${times(1 / ratio)}배 빨리`), ` ${ending}`, ...heavier];
    if (verdict === "same")
      return [
        `${name}: 준비되는 데 걸리는 시간에 `,
        strong("차이가 있다고 할 수 없습니다"),
        ".",
        ...(weight === null ? [] : [" 가상 머신의 무게는 ", strong(`${times(weight)}배`), "입니다."]),
      ];
    return [`${name}: 차이를 말하기에는 실행이 아직 적습니다.`];
  },
  alone: (name, kind, median) => [`${name}: ${inside(kind)} `, ms(kind, median), " 만에 준비됩니다."],
  noneReady: (name, kind) => [
    strong(name),
    kind === null ? ": 한 번도 준비되지 않았습니다." : `: ${inside(kind)} 한 번도 준비되지 않았습니다.`,
  ],
  otherNever: (kind) => [` ${inside(kind)}는 한 번도 준비되지 않았습니다.`],
  noRuns: (name) => [`${name}: 실행하지 않았습니다.`],
  preparingTitle: (name) => [`${name}: 준비하고 있습니다.`],
  firstRuns: (name) => [`${name}: 경주 중입니다. 첫 값이 곧 나옵니다.`],
  medians: (done, of, far, container, vm) => {
    const parts: Phrase[] = [
      ...(container === null ? [] : [["컨테이너 ", ms("container", container)] satisfies Phrase]),
      ...(vm === null ? [] : [["가상 머신 ", ms("vm", vm)] satisfies Phrase]),
    ];
    return [
      far ? `지금까지 각 ${of}번 중 ${done}번: ` : `각 ${done}번 실행한 중앙값: `,
      ...parts.flatMap((part, index): Phrase => (index === 0 ? part : [", ", ...part])),
      ".",
    ];
  },
  runsOnly: (done, of, far) => [
    far ? `지금까지 ${of}번 중 ${done}번 실행했습니다.` : `${done}번 실행했습니다.`,
  ],
  interval: (low, high) => ` 비율은 95 % 신뢰도로 ${times(low)}에서 ${times(high)} 사이입니다.`,
  spans: (low, high) => ` 비율은 95 % 신뢰도로 ${times(low)}에서 ${times(high)} 사이이며, 1을 사이에 둡니다.`,
  tooFew: " 구간을 말하기에는 실행이 적습니다.",
  oneKind: {
    container: " 컨테이너만 재었으므로 비율은 없습니다.",
    vm: " 가상 머신만 재었으므로 비율은 없습니다.",
  },
  tcg: "이 가상 머신은 소프트웨어로 흉내 낸 것입니다(TCG). 하드웨어 가속(KVM, HVF, WHPX)이 있으면 더 빨리 준비됩니다.",
  refused: (accelerator) => `${accelerator} 사용 안 함: `,

  chart: {
    gantt: "요청부터 준비까지",
    ganttNote: "각각의 중앙값 실행, 단계별",
    ganttNoteOne: "중앙값 실행, 단계별",
    ganttFinding: (parts) => `요청부터 준비까지: ${parts.join("; ")}.`,
    bar: (kind, total, stages) => `${kind} ${total}, 그중 ${stages.join(", ")}`,
    dots: "모든 실행",
    dotsNote: (runs, cold, marked) =>
      [
        `${runs}; 선: 중앙값; 눈금: p95`,
        ...(cold ? ["빈 점: 따로 둔 콜드 실행"] : []),
        ...(marked ? ["테두리: 이상값, 함께 셈"] : []),
      ].join("; "),
    each: (runs) => `각 ${runs}번`,
    counts: (container, vm) => `컨테이너 ${container}번, 가상 머신 ${vm}번`,
    dotsFinding: (parts) => `모든 실행. ${parts.join(". ")}.`,
    lane: (kind, median, fastest, slowest) => `${kind}: 중앙값 ${median}, ${fastest}에서 ${slowest}까지`,
    dot: (kind, run, time, cold, marked) =>
      `${kind}, ${cold ? "콜드 실행" : "실행"} ${run}: ${time}${marked ? ", 나머지와 멂" : ""}`,
    kinds: { container: "컨테이너", vm: "가상 머신" },
    beyond: (time) => `콜드 ${time} →`,
    beyondMany: (number) => `콜드 ${number}번은 더 뒤 →`,
    larger: (factor) => `${factor}배 확대`,
    lens: (factor, end) => `컨테이너의 처음 ${end}, ${factor}배 확대`,
    medianRun: "중앙값 실행",
    everyRun: "모든 실행",
  },
  table: {
    median: "중앙값 실행",
    seconds: "초",
    share: "비중",
    percent: (share) => `${share} %`,
    kinds: { container: "컨테이너", vm: "가상 머신" },
    all: "모든 실행",
    heads: { container: "컨테이너", vm: "가상 머신" },
    rows: {
      median: "중앙값",
      p95: "p95",
      fastest: "가장 빠름",
      slowest: "가장 느림",
      cold: "콜드",
      runs: "실행",
      failed: "실패",
    },
    parts: {
      gross: "총량 MiB",
      net: "순수 MiB",
      cache: "캐시 MiB",
      tare: "용기 MiB",
      imageCopy: "이미지 사본 MiB",
      translated: "TCG 코드 MiB",
      other: "그 밖 MiB",
    },
    within: (part) => `그중 ${part}`,
    run: "실행",
    kind: "종류",
    cold: "콜드 실행",
    ready: "준비 ms",
    note: "비고",
    outlier: "나머지와 멂",
    runsCaption: "실행한 순서대로, 단계마다 걸린 시간(ms)",
  },
  races: {
    every: "이 컴퓨터의 모든 경주",
    earlier: "이 컴퓨터의 지난 경주",
    recorded: "이 녹화의 경주",
    note: "중앙값의 비율과 95 % 구간",
    none: "아직 없습니다.",
    thisRace: "이 경주",
    later: "늦음",
    containerSeconds: "컨테이너 초",
    vmSeconds: "가상 머신 초",
    noRatio: "비율 없음",
    between: (low, high) => `${low}에서 ${high} 사이`,
    again: "다시",
    againName: (name) => `${name} 다시 경주`,
    show: (name, at) => `${name} 경주 보기, ${at}`,
    equal: "같음",
    times: (figure) => `${figure}×`,
    image: "무엇을",
    at: "언제",
    how: "어떻게",
    boots: { direct: "커널 직접 부팅", disk: "디스크의 게스트 전체", domain: "libvirt 가상 머신" },
    emulated: "에뮬레이션 (TCG)",
    containerOnly: "컨테이너만",
    more: (number) => `${number}개 더 보기`,
  },
  beside: {
    title: "이미 실행 중인 수에 따른 시작 시간",
    note: (name, races) => `${name} 경주 ${races}번, 점: 중앙값`,
    axis: "이미 실행 중이던 것",
    finding: (parts) => `이미 실행 중인 수에 따른 시작 시간: ${parts.join("; ")}.`,
    point: (kind, beside, time) => `${kind}, ${beside}개와 함께: ${time}`,
  },
  failures: {
    half: "실행하지 못한 쪽",
    title: (number) => `${number}번 실패`,
    note: "통계에는 들어가지 않음",
    run: (run, kind) => `${run}번째 실행, ${kinds[kind]}`,
    output: "마지막 출력",
    more: (number) => `같은 실패 ${number}번 더`,
  },
  pair: {
    text: (name) => [strong(name), ": 컨테이너와 가상 머신이 켜진 채 저울에 나란히 있습니다."],
    one: (name) => [strong(name), ": 켜진 채 저울에 있습니다."],
    stop: "둘 다 멈춤",
    stopOne: "멈춤",
    look: "저울에서 보기",
  },
  acts: {
    label: "이 경주로",
    again: "다시 경주",
    copy: "마크다운으로 복사",
    copied: "복사했습니다",
    json: "JSON으로 저장",
    png: "PNG로 저장",
    table: "그래프를 표로",
    failed: "저장하지 못했습니다.",
  },
  environment: {
    label: "실행한 곳",
    threads: (cpu, threads) => `${cpu}, ${threads} 스레드`,
    cgroup: (version) => `cgroup ${version}`,
    qemu: (version) => `QEMU ${version}`,
    noQemu: "QEMU 없음",
    noDocker: "Docker 없음",
    kernel: (kernel) => `게스트 ${kernel}`,
    boots: { direct: "커널 직접 부팅", disk: "디스크 부팅", domain: "libvirt 도메인" },
    cpus: (cpus) => `CPU ${cpus}개`,
    overhead: (time) => `시작 시간 가운데 Tare의 몫: ${time}`,
    ready: {
      port: (port) => `준비: 안에서 TCP 포트 ${port} 열림`,
      line: (pattern) => `준비: 출력이 ${pattern}에 맞음`,
      exit: "준비: 0으로 끝남",
      health: "준비: HEALTHCHECK 통과",
    },
  },
  stateNote: {
    stopped: "사용자가 멈췄습니다. 재어 둔 값은 그대로입니다.",
    failed: "더 진행하지 못했습니다.",
  },
};
