import { durationParts } from "../../format.ts";
import type { State } from "../../model/instance.ts";
import type { EngineState } from "../../model/status.ts";
import type { TroubleCode } from "../../model/trouble.ts";
import type { terminal as english } from "../en/terminal.ts";

const states: { readonly [state in State]: string } = {
  created: "생성됨",
  running: "실행 중",
  paused: "일시 정지",
  restarting: "재시작 중",
  stopping: "멈추는 중",
  stopped: "멈춤",
  dead: "죽음",
  unknown: "알 수 없음",
};

const engineStates: { readonly [state in EngineState]: string } = {
  searching: "아직 찾는 중",
  ready: "연결됨",
  silent: "응답 없음",
  lost: "연결이 끊김",
  absent: "찾지 못함",
  denied: "권한 없음",
};

const fileTroubles: { readonly [code in TroubleCode]: string } = {
  absent: "그런 위치가 없습니다",
  denied: "쓸 권한이 없습니다",
  refused: "거부되었습니다",
  timeout: "디스크가 응답하지 않습니다",
  garbled: "읽을 수 없습니다",
  outdated: "버전이 다릅니다",
  unsafe: "안전하지 않습니다",
  misconfigured: "파일이 아닙니다",
  full: "디스크가 가득 찼습니다",
  occupied: "다른 프로세스가 사용 중입니다",
  failed: "디스크에 오류가 있습니다",
};

export const terminal: typeof english = {
  states,
  engineStates,
  columns: {
    name: "이름",
    engine: "엔진",
    state: "상태",
    cpu: "CPU",
    cpuLimit: "할당",
    throttled: "스로틀",
    gross: "메모리",
    net: "순량",
    cache: "캐시",
    tare: "자중",
    limit: "한도",
    used: "사용률",
    pids: "PID",
  },
  noLimit: "없음",
  borrowed: {
    race: "* 순량은 경주에서 컨테이너로 잰 값, 자중은 그 나머지",
    estimate: "≈ 자중은 경주에서 잰 같은 종류의 빈 게스트 무게",
  },
  nothing: "Tare가 볼 수 있는 실행 중인 컨테이너나 VM이 없습니다. 찾아본 곳은 tare doctor로 확인하세요.",

  help: `Tare: 상자 자체의 무게는 얼마인가? 컨테이너와 VM을 실시간으로 잽니다.

  tare                       시작: Electron이 되면 창으로, 아니면 브라우저로
  tare list [--json]         지금 실행 중인 것과 그 무게를 한 번 출력
  tare watch [--json]        같은 내용을 매초 출력, Ctrl-C로 끝냄
  tare record OUT.tare       Ctrl-C를 누를 때까지, 또는 --for 60s (10m, 2h) 동안 기록
  tare doctor [--json]       엔진마다 찾아본 곳, 찾은 것, 해야 할 일
  tare race IMAGE [--json]   이미지를 컨테이너와 VM으로 번갈아 시작해 비교
  tare check [--json]        한도를 넘은 것이 있는지 검사. 있으면 종료 코드 1 (파이프라인용)
  tare link                  브라우저에서 쓰는 Tare의 새 주소
  tare lab doctor [--json]   이 컴퓨터로 할 수 있는 경주와, 빠진 것을 갖추는 법

  --desktop, --web           창 또는 브라우저로 시작
  --port N                   브라우저용 포트 (없으면 빈 포트를 고름)
  --no-open                  브라우저를 열지 않고 주소만 출력
  --replay FILE              이 컴퓨터 대신 기록을 재생 (시작, list, watch, check)
  --only A,B                 이것만: 이름, 그룹 또는 id (record), *와 ? 사용 가능 (check)
  --host NAME                기록에 이 컴퓨터의 이름 대신 NAME을 씀
  --runs 10, --warmup 1      각각 시작할 횟수와, 그 전에 세지 않고 시작할 횟수 (race)
  --ready-port N             안에서 이 TCP 포트가 열리면 준비된 것, 또는
  --ready-line RE            출력의 한 줄이 맞으면, 또는
  --ready-exit, --ready-health   0으로 끝나면, HEALTHCHECK를 통과하면
  --memory 256m, --cpus 1    각각 쓸 수 있는 양 (race)
  --kind container|vm|both   시작할 것 (race)
  --keep                     마지막 것들을 Ctrl-C를 누를 때까지 켜 둠 (race)
  --fail-on warning|critical 종료 코드 1을 낼 심각도, 이것과 더 나쁜 것 (check, 기본 warning)
  --sarif, --junit           코드 호스팅이나 빌드 서버가 읽는 보고서로 출력 (check)
  --lang en|ko               언어
  --data-dir DIR             Tare가 파일을 두는 곳
  --version, --help`,

  mistakes: {
    unknownFlag: (what, near) =>
      `${what} 옵션은 없습니다. ${near ? `${near}를 찾으셨나요?` : "모든 옵션: tare --help"}`,
    unknownCommand: (what, near) =>
      `"${what}" 명령은 없습니다. ${near ? `tare ${near} 명령을 찾으셨나요?` : "모든 명령: tare --help"}`,
    notOfCommand: (what, command) =>
      `tare ${command}에는 ${what} 옵션을 쓸 수 없습니다. 쓸 수 있는 옵션: tare --help`,
    noValue: (what) => `${what}에는 값이 필요합니다. 쓰는 법: tare --help`,
    needsNoValue: (what) => `${what}에는 값을 줄 수 없습니다. ${what.split("=", 1)[0]}만 쓰세요.`,
    tooMuch: (what) => `"${what}"은(는) 필요 없는 단어입니다. 이름에 공백이 있으면 따옴표로 묶으세요.`,
    badPort: (what) => `"${what}"은(는) 포트가 아닙니다. 0부터 65535까지의 수를 쓰세요 (0: 빈 포트).`,
    badTime: (what) =>
      `"${what}"은(는) 시간이 아닙니다. 1s부터 24h까지 쓸 수 있습니다: --for 60s, --for 10m, --for 2h`,
    badLanguage: (what) => `Tare는 "${what}" 언어를 지원하지 않습니다. en과 ko를 쓸 수 있습니다.`,
    bothShells: "--desktop과 --web은 함께 쓸 수 없습니다. 하나만 쓰세요.",
    noFile: "어디에 기록할까요? tare record OUT.tare",
    noImage: "무엇으로 경주할까요? Docker에 있는 이미지를 쓰세요 (docker images): tare race IMAGE",
    twoProbes: "--ready-port, --ready-line, --ready-exit, --ready-health 중 하나만 쓰세요.",
    badLab: (what) => `tare lab ${what} 명령은 없습니다. 쓸 수 있는 명령: tare lab doctor`,
    badReadyPort: (what) => `"${what}"은(는) 기다릴 포트가 아닙니다. 1부터 65535까지의 수를 쓰세요.`,
    badPattern: (what) => `"${what}"은(는) 정규식이 아닙니다. "ready to accept" 같은 글도 됩니다.`,
    badRuns: (what) => `"${what}"은(는) 횟수가 아닙니다. 1부터 100까지 쓸 수 있습니다: --runs 10`,
    badWarmup: (what) => `"${what}"은(는) 횟수가 아닙니다. 0부터 5까지 쓸 수 있습니다: --warmup 1`,
    badMemory: (what) =>
      `"${what}"은(는) 메모리 크기가 아닙니다. 32m부터 1024g까지 쓸 수 있습니다: --memory 256m`,
    badCpus: (what) => `"${what}"은(는) CPU 수가 아닙니다. 0.1부터 64까지 쓸 수 있습니다: --cpus 1`,
    badKind: (what) => `"${what}"은(는) 종류가 아닙니다. container, vm, both를 쓸 수 있습니다.`,
    badSeverity: (what) => `"${what}"은(는) 심각도가 아닙니다. warning과 critical을 쓸 수 있습니다.`,
    twoFormats: "--json, --sarif, --junit 중 하나만 쓰세요.",
  },

  refused: {
    absent: (file) => `${file} 파일이 없습니다. 이름을 확인하세요.`,
    denied: (file) => `이 사용자는 ${file} 파일을 읽을 수 없습니다. 권한을 주세요: chmod u+r`,
    notFile: (file) => `${file}은(는) 파일이 아닙니다. 기록 파일을 지정하세요.`,
    empty: (file) => `${file} 파일이 비어 있습니다. 다시 기록하세요: tare record`,
    foreign: (file) => `${file}은(는) Tare의 기록이 아닙니다. 기록은 tare record로 만듭니다.`,
    newer: (file, format) =>
      `${file}은(는) 더 새로운 Tare가 만든 기록입니다 (형식 ${format}). 재생하려면 Tare를 업데이트하세요.`,
    cut: (file, sizes) => `${file} 파일이 잘렸습니다 (${sizes}바이트). 원본에서 다시 복사하세요.`,
    large: (file) => `${file}은(는) 재생할 수 있는 256 MiB보다 큽니다. 더 짧게 기록하세요.`,
    busy: (file) => `${file}은(는) 아직 기록 중입니다. 끝난 뒤에 재생하세요.`,
    corrupt: (file, what) => `${file} 파일이 손상되어 재생하지 않습니다 (${what}). 다시 기록하세요.`,
  },

  noneRuns: "여기에는 브라우저로 쓰는 내 Tare가 없습니다. 시작하세요: tare --web",
  linkUnsafe: (path) =>
    `${path}은(는) 나만 쓸 수 있는 곳이 아니어서, 응답하는 것이 Tare가 아닐 수 있습니다. 확인하고 지우세요: ls -ld`,
  noLinksHere:
    "이 시스템에는 실행 중인 Tare에 물어볼 곳이 없습니다. Tare를 실행한 터미널에서 Enter를 누르세요.",

  ownFault: (what) => `Tare 자체의 오류로 멈췄습니다 (${what}).`,

  cannotUse: (path, code) =>
    `${path}을(를) 쓸 수 없습니다: ${fileTroubles[code]}. --data-dir로 다른 곳을 지정하세요.`,
  cannotRecord: (path, code) =>
    `${path}을(를) 만들 수 없습니다: ${fileTroubles[code]}. 다른 위치나 이름을 쓰세요.`,
  exists: (path) => `${path}이(가) 이미 있으며, 덮어쓰지 않습니다. 다른 이름을 쓰세요.`,

  recording: (path) => `${path}에 기록합니다. Ctrl-C로 끝냅니다.`,
  notSaved: (path, code) =>
    `지금 ${path}에 쓸 수 없습니다: ${fileTroubles[code]}. 30분까지는 메모리에 두고 다시 시도합니다.`,
  savedAgain: (path) => `${path}에 다시 쓰고 있습니다. 잃은 것은 없습니다.`,
  recorded: (path, length, instances, size) => `${path}: ${length}, 인스턴스 ${instances}개, ${size}`,
  lost: (path, code) =>
    `마지막 부분이 ${path}에 없습니다: ${fileTroubles[code]}. 저장되었다고 알린 부분은 남아 있습니다.`,
  duration: (milliseconds) => {
    const { days, hours, minutes, seconds } = durationParts(milliseconds);
    const parts = [`${days * 24 + hours}시간`, `${minutes}분`, `${seconds}초`];
    return parts.slice(days * 24 + hours > 0 ? 0 : minutes > 0 ? 1 : 2).join(" ");
  },

  checking: (length) => `${length} 동안 지켜봅니다. Ctrl-C를 누르면 먼저 끝냅니다.`,
  check: {
    severities: { note: "참고", warning: "경고", critical: "심각" },
    cleared: "지금은 지나감",
    cores: (amount) => `${amount}코어`,
    together: ({ rule, names, more }) => `${rule}: ${names}${more > 0 ? ` 외 ${more}개` : ""}`,
    summary: ({ containers, vms, length, critical, warning, note }) => {
      const seen = `${length} 동안 컨테이너 ${containers}개와 VM ${vms}대`;
      return critical + warning + note === 0
        ? `찾은 것이 없습니다: ${seen}.`
        : `${seen}: 심각 ${critical}건, 경고 ${warning}건, 참고 ${note}건.`;
    },
  },

  doctor: {
    host: "이 컴퓨터",
    size: (threads, memory) => `스레드 ${threads}개, 메모리 ${memory}`,
    engines: "엔진",
    permissions: "권한",
    cgroup: (version) => (version === null ? "cgroup 없음" : `cgroup ${version}`),
    controllers: (names) => `컨트롤러: ${names || "없음"}`,
    version: (version) => `버전 ${version}`,
    found: "있음",
    notFound: "없음",
    may: "가능",
    mayNot: "불가",
    user: (id, root) => (root ? "root로 실행 중" : `사용자 ${id}(으)로 실행 중`),
    limits: (path) => `cgroup의 한도와 수치 읽기 (${path})`,
    helpers: "다른 사용자 프로세스(shim, QEMU)의 메모리 읽기",
    helpersMend: "읽을 수 없으면 컨테이너의 자중에 shim이 빠집니다. 보려면 Tare를 root로 실행하세요",
    kvm: "하드웨어 가상화 사용 (/dev/kvm)",
  },
};
