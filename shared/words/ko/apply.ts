import type { Resource } from "../../model/change.ts";
import type { Kind } from "../../model/instance.ts";
import type { apply as english } from "../en/apply.ts";
import type { Part } from "../phrase.ts";

const strong = (text: string): Part => ({ tone: "strong", text });

const limitOf: { readonly [resource in Resource]: string } = {
  memory: "메모리 한도",
  cpu: "CPU 할당량",
  pids: "프로세스 한도",
  vmMemory: "메모리",
  vmCpu: "CPU 할당량",
};
/** The same as what is raised or set. */
const limitAs: { readonly [resource in Resource]: string } = {
  memory: "메모리 한도를",
  cpu: "CPU 할당량을",
  pids: "프로세스 한도를",
  vmMemory: "메모리를",
  vmCpu: "CPU 할당량을",
};
const boxOf: { readonly [kind in Kind]: string } = { container: "컨테이너", vm: "가상 머신" };
const boxAs: { readonly [kind in Kind]: string } = { container: "컨테이너가", vm: "가상 머신이" };

export const apply: typeof english = {
  title: ({ resource, name, from, to, turn }) => {
    if (from === null) return [strong(name), `의 ${limitAs[resource]} ${to}로 정하기`];
    if (turn === "same") return [strong(name), `의 ${limitOf[resource]}: ${to}`];
    const verb = turn === "raise" ? "올리기" : "낮추기";
    return [strong(name), `의 ${limitAs[resource]} ${from}에서 ${to}로 ${verb}`];
  },
  reading: (name) => [strong(name), "의 한도를 읽는 중…"],
  about: (engine, project) => (project === null ? engine : `${engine}, 프로젝트 ${project}`),
  readAgain: (ago, moved) =>
    moved ? `${ago} 전에 다시 읽음. 그사이 다른 곳에서 바뀌었음` : `${ago} 전에 다시 읽음. 그대로임`,
  units: {
    MiB: (figure) => `${figure} MiB`,
    GiB: (figure) => `${figure} GiB`,
    cores: (figure) => `${figure}코어`,
    pids: (figure) => `${figure}개`,
  },
  value: "새 한도",
  valueHint: "320, 320m, 1.5 GiB처럼 적습니다. ↑ ↓ 키로 한 단계씩 옮깁니다.",
  notReadable: "양으로 읽을 수 없습니다.",
  now: "지금",
  new: "새",
  inUseAndTenth: "사용량과 그 1/10",
  parts: { own: "스스로만 돌려줄 수 있음", kernel: "커널", cache: "캐시", use: "사용 중" },
  newLimit: "새 한도",
  limitNow: "지금 한도",
  picture: (use, from, to) =>
    `${use === null ? "사용량 알 수 없음" : `사용 중 ${use}`}, ${from === null ? "지금은 한도 없음" : `지금 한도 ${from}`}, 새 한도 ${to}`,

  uses: (amount) => ["지금 ", strong(amount), " 사용 중입니다."],
  usesUnknown: "지금 얼마나 쓰는지 알 수 없습니다.",
  underNew: (share, spare) => ` 새 한도에서는 ${share} %이고 ${spare} 남습니다.`,
  room: (free, fits) =>
    fits
      ? ` 호스트에 ${free} 비어 있어 자리가 충분합니다.`
      : ` 호스트에는 ${free}만 비어 있습니다. 다 쓰면 다른 것들의 메모리를 빼앗게 됩니다.`,
  hostCores: (cores, over) =>
    over ? ` 호스트는 ${cores}코어이므로 한도가 없는 것과 같습니다.` : ` 호스트는 ${cores}코어입니다.`,
  same: "이미 그 한도입니다. 바뀌는 것이 없습니다.",

  danger: (resource, kind) =>
    ({
      memory: `적용하자마자 ${boxAs[kind]} 강제 종료될 수 있습니다.`,
      vmMemory: "적용하자마자 게스트의 메모리가 모자랄 수 있습니다.",
      cpu: `적용하자마자 ${boxAs[kind]} 스로틀됩니다.`,
      vmCpu: "적용하자마자 가상 머신이 스로틀됩니다.",
      pids: "적용하자마자 새 프로세스를 하나도 시작할 수 없게 됩니다.",
    })[resource],
  dangerWhy: (use, floor, to) =>
    `지금 ${use} 쓰고 있고, 늘 두는 여유 1/10을 더하면 ${floor}인데 새 한도 ${to}는 그보다 작습니다.`,
  dangerParts: (cache, own, kind) =>
    ` 커널은 캐시 ${cache}를 거둘 수 있지만 ${own}는 ${boxOf[kind]} 스스로만 돌려줄 수 있습니다.`,
  safeFrom: (amount) => [" ", strong(amount), "부터는 위험이 없습니다."],

  boxNow: (kind) => [strong("지금"), `, 실행 중인 ${boxOf[kind]}에`],
  boxFile: [strong("앞으로도"), ", 만들어 낸 파일에"],
  nowOut: "제외됨. 새로 만들어질 때까지 지금 한도로 계속 실행됩니다",
  linesChanged: (lines) => `${lines}줄 바뀜. 주석과 순서는 그대로`,
  fileOut: (from) =>
    from === null
      ? "제외됨. 새로 만들면 다시 한도가 없어집니다"
      : `제외됨. 새로 만들면 다시 ${from}로 돌아갑니다`,
  noFile: "무엇이 만들었는지 Tare가 볼 수 있는 파일이 없습니다. 새로 만드는 쪽이 한도를 다시 정합니다.",
  noNow: "실행 중에는 바꿀 수 없습니다.",
  difference: "차이",
  added: "추가됨",
  removed: "지워짐",

  undoLine: (both, file) => [
    strong("되돌리기"),
    `(Ctrl-Z 또는 기록)를 하면 ${both ? "둘 다" : file ? "파일이" : "한도가"}${file ? " 한 바이트도 다르지 않게" : ""} 전으로 돌아갑니다.`,
  ],
  undoDanger: (above, from, resource) =>
    ` ${above}보다 많이 쓰는 동안 ${from}로 되돌리려면 이름을 적어야 합니다${
      resource === "memory" ? ". 강제 종료될 수 있기 때문입니다" : ""
    }.`,
  nothingRestarts: "다시 시작되는 것은 없습니다. 적용 뒤 다시 읽고 기록에 남깁니다.",
  fileOnly: "새로 만들 때부터 적용됩니다. 기록에 남깁니다.",
  nothingChanged: "아직 바뀐 것은 없습니다.",
  nothingChosen: "둘 중 하나는 고르세요.",
  typeName: (kind, danger) =>
    danger
      ? `그래도 적용하려면 ${boxOf[kind]}의 이름을 적으세요:`
      : `확인을 위해 ${boxOf[kind]}의 이름을 적으세요:`,
  cancel: "취소",
  applyBoth: "둘 다 적용",
  apply: "적용",
  set: (amount) => `${amount}로 정하기`,
  insteadUse: (amount) => `대신 ${amount} 쓰기`,
  applying: "적용하는 중…",
  answerDialog: "시스템 대화 상자에 답해 주세요.",
  tryAgain: "다시 시도",

  off: {
    title: "Tare는 아직 아무것도 바꾸지 않습니다",
    text: "변경이 꺼져 있습니다. 켜더라도 하나하나 먼저 보여 주고 물어보며, 적용한 뒤 다시 읽고, 되돌릴 수 있습니다. 명령을 복사하는 것은 그대로 할 수 있습니다.",
    go: "스위치로 가기",
  },

  done: {
    title: (name, what, amount) =>
      what === "vmMemory"
        ? [strong(name), `의 메모리는 이제 ${amount}입니다`]
        : [strong(name), `, 이제 ${amount}까지 쓸 수 있습니다`],
    fileTitle: (name, amount) => [strong(name), `, 새로 만들 때부터 ${amount}입니다`],
    undone: (name, amount) => [
      strong(name),
      amount === null ? ", 다시 한도가 없습니다" : `, ${amount}로 되돌렸습니다`,
    ],
    failed: (name) => [strong(name), "의 한도는 바뀌지 않았습니다"],
    unsure: (name) => [strong(name), "의 한도가 지금 얼마인지 알 수 없습니다"],
    readBack: (amount) => `커널에서 다시 읽음: ${amount} 적용 중입니다.`,
    readOther: (amount) => `다시 읽어 보니 요청과 달리 ${amount} 적용 중입니다.`,
    notRead: "적용된 값을 다시 읽지 못했습니다.",
    fileWritten: "파일을 썼고, 그 밖의 것은 그대로입니다.",
    partly: "둘 중 하나가 되지 않았습니다:",
    undo: "되돌리기",
    undoing: "되돌리는 중…",
    history: "기록",
    close: "닫기",
    stay: "그대로 두기",
    undoAllTheSame: "그래도 되돌리기",
    safeToClose: "여기서도 나중에도 Ctrl-Z로 되돌릴 수 있습니다.",
  },

  history: {
    title: "변경 기록",
    none: "아직 바꾼 것이 없습니다.",
    note: "새것부터. 되돌릴 수 있는 것은 바꾸기 전으로 돌아갑니다.",
    columns: { at: "때", name: "인스턴스", what: "한도", change: "변경", state: "결과" },
    what: limitOf,
    change: (from, to) => `${from ?? "없음"} → ${to}`,
    states: {
      applied: "적용됨",
      failed: "실패, 바뀐 것 없음",
      undone: "되돌림",
      unknown: "알 수 없음",
    },
    inFile: "파일에도",
    undo: (name) => `${name} 변경 되돌리기`,
    failedToLoad: "기록을 읽지 못했습니다.",
  },

  troubles: {
    off: { what: "변경이 꺼져 있습니다.", mend: "설정에서 켜세요." },
    replay: {
      what: "녹화는 바꿀 수 없습니다.",
      mend: "Esc로 실시간으로 돌아가 거기서 적용하세요.",
    },
    gone: {
      what: "인스턴스가 더는 없습니다.",
      mend: "바뀐 것은 없습니다. 다시 시작하거나, 닫고 다른 것을 고르세요.",
    },
    replaced: {
      what: "같은 이름의 다른 것으로 바뀌었습니다.",
      mend: "바뀐 것은 없습니다. 닫고 새것을 여세요. 한도가 다를 수 있습니다.",
    },
    changed: {
      what: "읽은 뒤에 한도가 바뀌었습니다.",
      mend: "바꾼 것은 없습니다. 다시 읽었으니 차이를 한 번 더 보세요.",
    },
    expired: {
      what: "준비한 지 1분이 지났습니다.",
      mend: "바뀐 것은 없습니다. 다시 읽었으니 한 번 더 확인하세요.",
    },
    "below-use": {
      what: "새 한도가 지금 사용량과 그 1/10보다 작습니다.",
      mend: "더 크게 고르거나, 그래도 하려면 이름을 적으세요.",
    },
    name: { what: "이름이 다릅니다.", mend: "제목에 있는 그대로 적으세요." },
    declined: { what: "거절하셨습니다.", mend: "바뀐 것은 없습니다." },
    refused: {
      what: "엔진이나 커널이 이 값을 받아들이지 않았습니다.",
      mend: "바뀐 것은 없습니다. 아래의 답을 보고 다른 값을 고르세요.",
    },
    unanswered: {
      what: "엔진의 대답을 받지 못했습니다.",
      mend: "지금 적용된 값을 다시 읽어 위에 적었습니다.",
    },
    "file-gone": {
      what: "컴포즈 파일이 있던 곳에 없습니다.",
      mend: "제자리에 두거나 “앞으로도”를 빼세요.",
    },
    "file-read-only": {
      what: "컴포즈 파일에 쓸 수 없습니다.",
      mend: "Tare를 실행하는 사용자에게 쓰기 권한을 주거나, 줄을 복사해 직접 넣으세요.",
    },
    "file-not-yaml": {
      what: "컴포즈 파일이 올바른 YAML이 아닙니다.",
      mend: "먼저 고치거나(docker compose config가 자리를 알려 줍니다) “앞으로도”를 빼세요.",
    },
    "file-changed": {
      what: "그사이 컴포즈 파일이 바뀌었습니다.",
      mend: "파일은 그대로 두었습니다. 다시 읽었으니 차이를 한 번 더 보세요.",
    },
    "file-unclear": {
      what: "값이 Tare가 안전하게 쓸 수 없는 곳에서 옵니다.",
      mend: "변수, 다른 곳에서도 쓰는 앵커, 또는 다른 파일입니다. 거기서 직접 바꾸세요.",
    },
    journal: {
      what: "기록할 수 없어서 바꾸지 않았습니다.",
      mend: "디스크에 자리를 만들거나 데이터 디렉터리에 쓸 수 있게 하세요.",
    },
    unsupported: {
      what: "이 한도는 여기서 바꿀 수 없습니다.",
      mend: "명령이나 줄을 복사해, 만든 곳에서 실행하세요.",
    },
    failed: { what: "되지 않았습니다.", mend: "바뀐 것이 있는지 알려진 바 없습니다. 다시 시도하세요." },
  },
  lost: {
    what: "Tare와의 연결이 끊겼습니다.",
    mend: "확인까지 했다면 이미 바뀌었을 수 있습니다. 연결되면 기록에서 알 수 있습니다.",
  },
};
