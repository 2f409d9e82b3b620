import type { EngineWords } from "../mends.ts";

export const engines: EngineWords = {
  wrong: {
    absent: (name, where) => `${name}: 이 컴퓨터에 없습니다. ${where}에 아무것도 없습니다.`,
    denied: (name, where) => `${name}: 실행 중이지만 접근 권한이 없습니다 (${where}).`,
    refused: (name, where) => `${name}: 실행 중이 아닙니다. ${where}에서 응답이 없습니다.`,
    timeout: (name, where) => `${name}: 제시간에 응답하지 않습니다 (${where}).`,
    garbled: (name, where) => `${where}에서 온 응답을 읽을 수 없습니다. ${name}이(가) 아닐 수 있습니다.`,
    outdated: (name, where) => `${name}: ${where}의 버전은 Tare가 지원하지 않습니다.`,
    unsafe: (name, where) => `${name}: ${where}에는 보호되지 않은 연결뿐이라 접속하지 않았습니다.`,
    misconfigured: (name, where) => `${name}: 연결 설정이 잘못되었습니다. ${where}`,
    full: (name, where) => `${name}: ${where}에 남은 공간이 없습니다.`,
    occupied: (name, where) => `${name}: ${where}을(를) 다른 프로그램이 쓰고 있습니다.`,
    failed: (name, where) => `${name}: 오류가 났습니다 (${where}).`,
  },
  mends: {
    startService: (name) => `${name} 서비스를 시작하세요. 시작되면 Tare가 알아서 연결합니다.`,
    startSocket: (name) => `${name} 소켓을 켜세요. 요청이 오면 서비스가 저절로 시작됩니다.`,
    startFar: (name) => `그 컴퓨터에서 ${name} 서비스를 시작하거나, 주소와 포트가 맞는지 확인하세요.`,
    joinGroup: (name) => `${name} 그룹에 들어간 뒤 로그아웃했다가 다시 로그인하세요.`,
    asRoot: () => "그것을 시작한 사용자나 root로 Tare를 실행하세요.",
    openProxy: () =>
      "프록시나 플러그인이 요청을 막고 있습니다. containers, events, images, info의 GET만 허용하면 됩니다.",
    restartService: (name) =>
      `잠시 기다려 보세요. 컴퓨터가 바쁘면 응답이 늦습니다. 계속되면 ${name} 서비스를 다시 시작하세요.`,
    waitFar: () => "Tare가 계속 확인하고 있습니다. 응답이 오면 하던 곳부터 이어 갑니다.",
    checkListener: (name) =>
      `그 주소에서 무엇이 응답하는지 확인하세요. 대개 프록시의 안내 페이지이며 ${name} 자체는 정상일 수 있습니다.`,
    update: (name) => `${name}을(를) 업데이트하세요. Tare보다 새 버전이라면 Tare를 업데이트하세요.`,
    useSsh: () => "ssh나 TLS로 연결하세요. 열린 포트는 찾아낸 사람 누구에게나 root 권한을 줍니다.",
    unsetVariable: () => "변수 값을 바로잡거나, 지우고 Tare를 다시 시작하세요.",
    chooseContext: () => "다른 컨텍스트를 고르거나 이 컨텍스트를 바로잡으세요.",
    checkSetting: () => "설정을 바로잡으세요. 주소가 다른 것을 가리키고 있습니다.",
    install: () => "연결에 필요한 도구를 설치하세요.",
    startOne: () => "따로 할 일은 없습니다. 하나라도 실행되면 바로 여기에 나타납니다.",
    noCgroups: () => "이 시스템에는 cgroup이 없습니다. API가 있는 엔진은 그대로 보입니다.",
    freeRoom: () => "공간을 비우세요. Tare는 알아서 이어 갑니다.",
    freePort: () => "쓰고 있는 프로그램을 끝내거나 다른 것을 고르세요.",
    readCause: () => "엔진이 알린 내용을 함께 보세요. Tare가 알아서 다시 시도합니다.",
  },
  risks: {
    groupIsRoot: "이 그룹에 들어가면 root 권한을 얻을 수 있습니다.",
    containersStop: "live-restore를 켜지 않았다면 실행 중인 컨테이너가 멈춥니다.",
    machinesGoOn: "실행 중인 가상 머신은 계속 돌아갑니다.",
  },
};
