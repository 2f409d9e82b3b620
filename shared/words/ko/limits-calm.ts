import { bytes, cores, count, rate } from "../../format.ts";
import type { LimitName } from "../../model/finding.ts";
import type { calm as english } from "../en/limits-calm.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;

const amount = (limit: LimitName, value: number | null): string => {
  if (value === null) return "없음";
  if (limit === "cpuLimit") return `${cores(value)}코어`;
  if (limit === "pidsLimit") return `${count(value)}개`;
  return limit === "readLimit" || limit === "writeLimit" ? `${rate(value)} MB/s` : bytes(value);
};
const limitName: { readonly [limit in LimitName]: string } = {
  memoryLimit: "메모리 한도",
  swapLimit: "스왑 한도",
  cpuLimit: "할당량",
  pidsLimit: "PID 한도",
  readLimit: "읽기 한도",
  writeLimit: "쓰기 한도",
  configured: "메모리",
};

const endings = { ended: "인스턴스가 끝남", unwatched: "Tare가 지켜보기를 그침", itself: "저절로 해소됨" };

export const calm: typeof english = {
  title: "고칠 것이 없습니다.",
  never: (time) => [
    strong(time),
    "에 지켜보기 시작한 뒤로 걸린 것이 없습니다. Tare는 매초 살피고, 걸리면 여기와 위의 탭에서 알립니다.",
  ],
  last: (time) => [
    "마지막 진단은 ",
    strong(time),
    "에 해소되었습니다. Tare는 매초 살피고, 걸리면 여기와 위의 탭에서 알립니다.",
  ],
  recorded: () => ["녹화의 이 시점까지 걸린 것이 없었습니다."],
  atTime: (time) => time,
  yesterday: (time) => `어제 ${time}`,
  day: "최근 24시간",
  watching: (time) => `${time}부터 지켜봄`,
  now: "지금",
  lasted: "이어진 시간",
  looked: "살피는 것",
  checks: {
    killed: "종료됨, 또는 한도 가까이 늘어나는 중",
    throttled: "할당량에 붙들림",
    pressure: "메모리, CPU, I/O를 기다림",
    pids: "PID 한도에 가까움",
    limit: "메모리 한도가 없거나 호스트보다 큼",
    together: "한도의 합이 호스트보다 큼",
    unused: "거의 쓰지 않는 크기나 한도",
    restarts: "되풀이되는 재시작",
  },
  pipeline: "파이프라인에서는 이 명령이 지금 0으로, 진단이 생기면 1로 끝납니다.",
  thresholds: "기준값…",
  muted: (number) => `알림 끔 ${count(number)}건`,
  ending: (ending, byTare) => {
    if (ending.by !== "limit") return endings[ending.by];
    const { limit, from, to } = ending;
    return `${limitName[limit]} ${amount(limit, from)} → ${amount(limit, to)}, ${byTare ? "Tare가 바꿈" : "밖에서 바꿈"}`;
  },
  unwatched: (spans, more) => `지켜보지 않음: ${spans.join(", ")}${more > 0 ? ` 외 ${count(more)}번` : ""}`,
  notKept: {
    denied: "진단 기록 파일을 읽거나 쓸 권한이 없어, Tare가 끝나면 기록도 사라집니다.",
    garbled: "진단 기록 파일이 Tare의 것이 아니어서, Tare가 끝나면 기록도 사라집니다. 그 파일을 옮겨 주세요.",
    outdated:
      "더 새로운 Tare가 쓴 진단 기록 파일이어서, Tare가 끝나면 기록도 사라집니다. 그 Tare를 쓰거나 파일을 지워 주세요.",
    full: "디스크가 가득 차서, Tare가 끝나면 진단 기록도 사라집니다. 공간을 비워 주세요.",
    failed: "진단 기록 파일을 읽거나 쓸 수 없어, Tare가 끝나면 기록도 사라집니다.",
  },
};
