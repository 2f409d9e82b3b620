import type { Resource } from "../../model/change.ts";
import type { changes as en } from "../en/changes.ts";

const limitOf: { readonly [resource in Resource]: string } = {
  memory: "메모리 한도",
  cpu: "CPU 할당량",
  pids: "프로세스 수 한도",
  vmMemory: "메모리",
  vmCpu: "CPU 할당량",
};

export const changes: typeof en = {
  confirm: {
    message: ({ undo, resource, name, to }) => {
      const what = `${name}의 ${limitOf[resource]}`;
      if (!undo) return `${what} 설정을 ${to}(으)로 바꿀까요?`;
      return to === null ? `${what} 설정을 다시 없앨까요?` : `${what} 설정을 ${to}(으)로 되돌릴까요?`;
    },
    fromTo: (from, to) => `지금: ${from}. 바꾼 뒤: ${to}.`,
    none: "없음",
    now: "바로 적용되며, 아무것도 다시 시작하지 않습니다.",
    file: (path) => `이 파일을 고쳐 씁니다: ${path}`,
    dangerous:
      "지금 사용량이 새 한도에 가깝거나 그보다 많습니다. 안에서 도는 것이 곧바로 강제 종료될 수 있습니다.",
    apply: "적용",
    undo: "되돌리기",
    cancel: "취소",
  },
  several: (findings) => `한도에 닿았거나 가까운 곳이 ${findings}군데 있습니다`,
  look: "눌러서 살펴보세요.",
};
