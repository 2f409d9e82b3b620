import type { en } from "../en.ts";

export const doors: (typeof en)["doors"] = {
  opening: "브라우저를 엽니다. 열리지 않으면 위 주소를 직접 여세요. 주소는 2분 안에 한 번만 쓸 수 있습니다.",
  notOpening: "이 컴퓨터의 브라우저에서 위 주소를 여세요. 주소는 2분 안에 한 번만 쓸 수 있습니다.",
  newLink: "새 주소가 필요하면 Enter를 누르세요.",
  backAgain:
    "Tare를 다시 시작했습니다. 열려 있던 화면은 저절로 다시 연결됩니다. 그 전에 잰 값은 남아 있지 않습니다.",
  fellTooOften: ({ times }) =>
    `1분 사이에 Tare에 오류가 ${times}번 나서 여기서 끝냅니다. 직접 다시 시작하고, 위에 나온 줄을 알려 주세요.`,
  linkUnsafe: ({ path }) =>
    `tare link를 쓸 수 없습니다. ${path}은(는) 나만 쓸 수 있는 곳이 아닙니다. 확인하고 지우세요: ls -ld`,
  linkImpossible: ({ path, cause }) =>
    `tare link를 쓸 수 없습니다. ${path}에 소켓을 만들 수 없습니다 (${cause}).`,
  badOrigin: ({ value }) =>
    `--origin에는 http://127.0.0.1:9000 같은 주소를 지정하세요. "${value}"은(는) 쓸 수 없습니다.`,
  portInUse: ({ port }) =>
    `포트 ${port}번은 이미 사용 중입니다. --port로 다른 포트를 지정하거나, --port를 빼면 빈 포트를 찾아 씁니다.`,
  portDenied: ({ port }) =>
    `이 사용자는 포트 ${port}번을 열 수 없습니다. --port로 1023보다 큰 번호를 지정하거나 --port를 빼세요.`,
  cannotListen: ({ port, cause }) => `127.0.0.1:${port}에서 연결을 받을 수 없습니다: ${cause}.`,
  pageMissing: "화면이 아직 빌드되지 않았습니다. 빌드하세요: npm run build",
  refused: ({ count, rules }) => `Tare 화면에서 오지 않은 요청 ${count}건을 거부했습니다 (규칙: ${rules}).`,
};
