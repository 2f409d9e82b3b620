import type { settings as english } from "../en/settings.ts";

export const settings: typeof english = {
  title: "설정",
  sections: "묶음",
  parts: {
    look: "모양",
    changes: "변경",
    alerts: "알림",
    findings: "진단",
    lab: "시동 실험실",
    data: "데이터",
  },
  on: "켬",
  off: "끔",
  loading: "설정을 읽는 중…",
  lost: "Tare가 대답하지 않아 바뀐 것이 없습니다.",
  hints: { move: "이동", switch: "켜고 끄기", back: "돌아가기" },

  theme: { name: "테마", note: "" },
  themes: { system: "시스템", light: "밝게", dark: "어둡게" },
  language: { name: "언어", note: "" },
  languages: { browser: "브라우저대로", en: "English", ko: "한국어" },
  keys: { name: "단축키", note: "모든 것을 키보드로 할 수 있습니다", show: "모두 보기" },

  changes: {
    name: "Tare가 한도를 바꿀 수 있게",
    note: "바꿀 때마다 먼저 보여 주고 물어보며, 적용한 뒤 다시 읽고, 되돌릴 수 있습니다",
  },
  history: { name: "변경 기록", note: "", none: "아직 없음", count: (count) => `${count}건` },

  alerts: {
    name: "진단이 나오면 알리기",
    note: "경고 이상만. 이 화면에, Tare의 창에서는 시스템 알림으로도. 참고는 알리지 않습니다",
  },
  quiet: {
    name: "조용한 시간",
    note: "그동안에는 심각한 것만 알립니다",
    from: "조용한 시간 시작",
    to: "조용한 시간 끝",
    between: "부터",
    notATime: "22:00처럼 하루 중의 시각을 적으세요.",
    same: "두 시각이 같아 구간이 되지 않습니다. 서로 다르게 적으세요.",
  },
  muted: {
    name: "알리지 않는 것",
    none: "없음",
    note: "진단의 메뉴에서 정합니다. 다시 알리기를 누를 때까지 어디에도 나오지 않습니다",
    everyone: "모든 인스턴스",
    all: "모든 진단",
    of: (who, what) => `${who}: ${what}`,
    again: "다시 알리기",
    againOf: (what) => `다시 알리기: ${what}`,
  },

  judged: {
    groups: {
      memory: "메모리",
      cpu: "CPU",
      others: "프로세스와 디스크",
      size: "너무 큼",
      restarts: "재시작",
    },
    names: {
      memoryNear: {
        name: "메모리 한도에 가깝다고 볼 때",
        note: "한도 대비, 늘고 있을 때. 캐시만으로는 셈하지 않습니다",
      },
      fillsWithin: { name: "곧 찬다고 볼 때", note: "이 안에 가득 참. 기울기가 잘 맞을 때만" },
      thrashingPressure: { name: "스래싱으로 볼 때", note: "한도에 닿아 메모리를 기다린 시간의 비율" },
      thrashingFor: { name: "이만큼 이어지면", note: "더 짧으면 말하지 않습니다" },
      killedFor: { name: "강제 종료를 말하는 동안", note: "마지막 종료부터" },
      throttledPeriods: { name: "스로틀로 볼 때", note: "도중에 끊긴 주기의 비율" },
      throttledTime: { name: "그리고 이만큼 잃으면", note: "잃은 시간의 비율. 둘 다 맞아야 합니다" },
      throttledFor: { name: "이만큼 이어지면", note: "낮은 할당량에 잠깐 몰린 것은 진단이 아닙니다" },
      starvedPressure: {
        name: "CPU가 모자란다고 볼 때",
        note: "할당량과 상관없이 코어를 기다린 시간의 비율",
      },
      starvedFor: { name: "이만큼 이어지면", note: "" },
      pidsNear: {
        name: "프로세스 한도에 가깝다고 볼 때",
        note: "한도 대비. 닿으면 아무것도 새로 시작하지 못합니다",
      },
      ioNear: { name: "디스크 한도에 막혔다고 볼 때", note: "한도 대비" },
      ioFor: { name: "이만큼 이어지면", note: "" },
      unusedBelow: { name: "한도나 크기가 너무 크다고 볼 때", note: "많아야 이만큼 쓰였을 때" },
      unusedFor: { name: "지켜본 시간", note: "그 전에는 남는다거나 붙잡고 있다고 하지 않습니다" },
      headroom: { name: "제안에 더하는 여유", note: "본 것 중 가장 큰 필요에" },
      restarts: { name: "재시작 반복으로 볼 때", note: "한 시간 안의 재시작 수" },
      restartsFor: { name: "끝났다고 볼 때", note: "이만큼 재시작이 없으면" },
    },
    usual: (value) => `기본값 ${value}`,
    toUsual: (name, value) => `${name}: 기본값 ${value}`,
    units: {
      percent: (figure) => `${figure} %`,
      count: (figure) => figure,
      s: (figure) => `${figure}초`,
      min: (figure) => `${figure}분`,
      h: (figure) => `${figure}시간`,
    },
    notRead: {
      percent: "0에서 100 % 사이로 적으세요.",
      time: "1초에서 1시간 사이로, 30초나 5분처럼 적으세요.",
      count: "2에서 100 사이의 정수로 적으세요.",
    },
    contradictions: {
      always: "0이면 모든 것에 해당합니다. 0보다 크게 하세요.",
      "unused-near": "한도가 너무 크면서 동시에 거의 찬 것이 됩니다. “너무 큼”을 “가까움”보다 작게 두세요.",
      "headroom-unused": "너무 큰 한도에 대한 제안이 오히려 더 커집니다. 둘 중 하나를 줄이세요.",
    },
    allUsual: "모두 기본값으로",
  },

  kernel: {
    name: "게스트의 커널",
    note: "TARE_KERNEL이 먼저입니다. 비우면 이 컴퓨터의 것",
    own: "이 컴퓨터의 것",
  },

  file: { name: "보관하는 곳", note: "파일 하나에, 기본값과 다른 것만", none: "아직 모름" },
  sent: { name: "밖으로 보내는 것", note: "계정도, 원격 측정도, 업데이트 확인도 없습니다", value: "없음" },

  troubles: {
    title: "설정 파일을 쓰지 않습니다",
    kept: "파일은 그대로 두었습니다. 고칠 때까지 기본값을 씁니다.",
    notKept: "바뀐 것은 없습니다.",
    codes: {
      absent: "파일이 없고 만들 수도 없습니다. 디렉터리를 만들거나 Tare의 사용자가 만들 수 있게 하세요.",
      denied: "Tare가 읽거나 쓸 수 없습니다. 그 사용자에게 권한을 주세요.",
      refused: "거절되었습니다.",
      timeout: "디스크가 제때 대답하지 않았습니다. 다시 시도하세요.",
      garbled: "올바른 설정 파일이 아닙니다. 직접 고치거나 지우세요.",
      outdated: "더 새로운 Tare가 쓴 파일입니다. 그것을 실행하거나 파일을 지우세요.",
      unsafe: "안전하지 않습니다. 링크이거나 다른 사용자가 쓸 수 있습니다.",
      misconfigured: "두 기준이 서로 맞지 않습니다. 파일에서 하나를 고치세요.",
      full: "디스크가 가득 찼습니다. 자리를 만들고 다시 시도하세요.",
      occupied: "다른 것이 붙잡고 있습니다. 다시 시도하세요.",
      failed: "읽거나 쓰지 못했습니다.",
    },
  },
};
