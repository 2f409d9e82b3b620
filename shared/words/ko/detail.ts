import type { State } from "../../model/instance.ts";
import type { detail as english } from "../en/detail.ts";
import { facts } from "./detail-facts.ts";
import { kept } from "./detail-kept.ts";

const stateWords: { readonly [state in State]: string } = {
  created: "만들어졌고 아직 시작 전",
  running: "실행 중",
  paused: "일시 정지됨",
  restarting: "다시 시작하는 중",
  stopping: "멈추는 중",
  stopped: "멈춤",
  dead: "죽음",
  unknown: "상태 알 수 없음",
};

export const detail: typeof english = {
  about: ({ kind, engine, pod, group, image, state, up }) =>
    [
      `${engine === null ? "어느 엔진에도 없는" : `${engine}의`} ${kind === "vm" ? "가상 머신" : "컨테이너"}`,
      group === null ? null : `${pod ? "파드" : "컴포즈 프로젝트"} ${group}`,
      image === null ? null : `이미지 ${image}`,
      state === "running" && up !== null ? `${up}째 실행 중` : stateWords[state],
    ]
      .filter((part) => part !== null)
      .join(", "),
  gone: "이제 여기 없습니다. 마지막으로 잰 값입니다.",
  panel: (name) => `${name} 상세`,
  race: "경주",
  previous: "이전 인스턴스",
  next: "다음 인스턴스",
  close: "닫기",
  findingStrip: {
    label: "진단",
    since: "진단이 시작된 때",
    more: (more) => (more === 0 ? "한도에서 보기" : `한도에서 ${more}건 더 보기`),
  },

  mib: "MiB",
  net: "순수",
  cache: "캐시",
  tare: "용기",
  other: "기타",
  kernel: "커널",
  helpers: "도우미",
  tareOf: (kernel, helpers, helper) =>
    [kernel === null ? null : `커널 ${kernel}`, helpers === null ? null : `${helper} ${helpers}`]
      .filter((part) => part !== null)
      .join(", "),
  notSplit: "나누어 알 수 없음",
  usedByGuest: "게스트가 사용",
  held: "붙잡고 있음",
  ofItTare: "그중 용기",
  idleGuest: "같은 종류의 빈 게스트 기준",
  limit: (amount) => `한도 ${amount}`,
  noLimit: "한도 없음",
  workingSet: (amount, share) =>
    share === null ? `작업 집합 ${amount}` : `작업 집합 ${amount}, 한도의 ${share} %`,
  workingSetNote: "한도에 셈해지는 양: 최근에 쓰이지 않은 페이지 캐시를 뺀 전부",
  notWeighed: "실행 중이 아니어서 재지 않습니다.",
  waiting: "1초 안에 첫 값이 나옵니다.",
  reserved: "예약",
  itsSize: "정해진 크기",
  resident: "상주",
  grossWord: "총량",
  used: "사용",
  saysGuest: "게스트가 알린 값",
  doesNotSay: "게스트가 알리지 않음",
  neverTouched: (amount) => `쓴 적 없음 ${amount}`,
  heldAmount: (amount) => `붙잡음 ${amount}`,
  sizeUnknown: "크기를 알 수 없음",

  range: "시간 범위",
  ranges: { "5": "5분", "15": "15분", "60": "1시간" },
  zoomed: (from, to) => `${from}부터 ${to}까지`,
  unzoom: "지금으로 돌아가기",
  hint: "끌어서 확대,",
  hintTable: "표로 보기",
  hintCharts: "그래프로 보기",
  charts: "그래프",
  memory: "메모리",
  memoryUnit: "MiB, cgroup 안",
  memoryUnitApi: "MiB, 엔진이 알린 값",
  memoryUnitVm: "MiB, 호스트 기준",
  cpu: "CPU",
  cpuUnit: "코어",
  cpuUnitQuota: "코어. 빨강: 할당량을 넘어 스로틀됨",
  cpuUnitVm: "호스트의 코어",
  pressure: "압박",
  pressureUnit: "태스크가 하나라도 기다린 시간의 %. 회색: 모두가 메모리를 기다림",
  network: "네트워크",
  disk: "디스크",
  pids: "PID",
  threads: "스레드",
  rate: "MB/s",
  percentUnit: "%",
  coresUnit: "코어",
  pressureMemory: "메모리 대기",
  pressureIo: "I/O 대기",
  pressureCpu: "CPU 대기",
  received: "수신",
  sent: "송신",
  read: "읽기",
  written: "쓰기",
  inOut: (received, sent) => `↓ ${received} ↑ ${sent}`,
  ends: {
    limit: "한도",
    size: "크기",
    quota: "할당량",
    vcpus: "vCPU",
    used: "사용",
    resident: "상주",
    held: "붙잡음",
    net: "순수",
    cache: "캐시",
    kernel: "커널",
    other: "기타",
    gross: "모두",
    memory: "메모리",
    cpu: "CPU",
    io: "I/O",
    memoryFull: "모두 메모리 대기",
    above: (figure) => `${figure} ↑`,
  },
  tip: {
    inCgroup: "cgroup 안",
    limitUsed: "한도 사용",
    cpu: "CPU",
    of: (used, quota) => `${quota} 중 ${used}`,
    throttled: "스로틀",
    ofPeriods: (share) => `주기의 ${share} %`,
    percent: (share) => `${share} %`,
    mib: (amount) => `${amount} MiB`,
    cores: (amount) => `${amount} 코어`,
    mbs: (amount) => `${amount} MB/s`,
    notMeasured: "재지 않음",
  },

  events: "사건",
  eventsInTable: "있었던 일",
  event: (kind, about): string => {
    switch (kind) {
      case "oom-kill":
        return about === null ? "OOM 종료" : `OOM 종료: ${about}`;
      case "started":
        return "시작됨";
      case "stopped":
        return "멈춤";
      case "died":
        return about === null ? "종료됨" : `종료됨, 종료 코드 ${about}`;
      case "paused":
        return "일시 정지";
      case "resumed":
        return "다시 진행";
      case "renamed":
        return about === null ? "이름 바뀜" : `이름 바뀜: ${about}`;
      case "limits-changed":
        return about === null ? "한도 바뀜" : `한도 ${about}`;
      case "restarted":
        return "다시 시작됨";
      case "found":
        return "실행 중인 것을 발견";
      case "engine-lost":
        return about === null ? "엔진 끊김" : `${about} 끊김`;
      case "engine-back":
        return about === null ? "엔진 복귀" : `${about} 복귀`;
    }
  },
  gap: { engine: "엔진 끊김", stopped: "실행 안 됨", none: "잰 값 없음", before: "시작 전" },
  time: "시각",
  table: (step) => `수치. 한 줄은 ${step} 동안의 평균`,
  tableEmpty: "아직 채워진 줄이 없습니다.",

  finding: {
    memory: (name, range, share, kills) =>
      `${name}의 메모리, ${range}${share === null ? ", 한도 없음" : `, 한도의 ${share} %`}${
        kills === 0 ? "" : `, OOM 종료 ${kills}번`
      }`,
    memoryVm: (name, range, resident, size) =>
      `${name}의 메모리, ${range}: ${size === null ? "" : `${size} MiB 중 `}상주 ${resident} MiB`,
    cpu: (name, range, used, limit, throttled) =>
      `${name}의 CPU, ${range}: ${limit === null ? "" : `${limit} 중 `}${used} 코어${
        throttled === null ? "" : `, 많게는 주기의 ${throttled} %에서 스로틀됨`
      }`,
    pressure: (name, range, highest) =>
      `${name}의 압박, ${range}: 메모리를 기다린 시간이 많게는 ${highest} %`,
    small: (what, name, range, figure) => `${name}의 ${what}, ${range}: 지금 ${figure}`,
    last: (range) => `지난 ${range}`,
  },

  facts,
  kept,
};
