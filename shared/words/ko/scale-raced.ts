import { bytesParts, times } from "../../format.ts";
import type { Bytes } from "../../model/units.ts";
import type { raced as english } from "../en/scale-raced.ts";

const figure = (tone: "container" | "vm", value: Bytes) => {
  const { figure, unit } = bytesParts(value);
  return { tone, text: figure, unit };
};
const accelerators: { readonly [name: string]: string } = {
  kvm: "KVM",
  tcg: "TCG",
  hvf: "HVF",
  whpx: "WHPX",
};

export const raced: typeof english = {
  boxesRaced: (container, vm, day) => [
    "용기만 달면 컨테이너는 하나에 ",
    figure("container", container),
    `, ${day}에 이 컴퓨터에서 경주한 가상 머신은 `,
    figure("vm", vm),
    "로 ",
    { tone: "strong", text: `${times(vm / container)}배` },
    "입니다.",
  ],
  noVm: {
    title: "견줄 가상 머신이 없습니다.",
    note: "QEMU나 libvirt로 하나를 켜면 이 저울에 저절로 올라옵니다.",
    race: (name) =>
      `이 이미지 가운데 하나를 가상 머신으로도 경주시켜 보세요. 이미지도 한도도 준비 기준도 같습니다. 가장 가벼운 것은 ${name}이고, 끝나면 아무것도 남지 않습니다.`,
    raceOne: (name) => `${name} 경주`,
    another: "다른 이미지…",
  },
  notRaced: "이 이미지는 아직 경주하지 않았습니다",
  readyNote: (median, p95, runs, day, accelerator) =>
    `중앙값 ${median}초, p95 ${p95}초, ${runs}번, ${day} 경주${
      accelerator === null ? "" : `, ${accelerators[accelerator] ?? accelerator}`
    }`,
  raced: {
    none: "실행 중인 것이 없습니다. 점선은 마지막 경주에서 잰 값입니다",
    another: "다른 이미지 경주",
    asVm: (image) => `가상 머신 ${image}`,
    boxes: (count) => `그런 상자 ${count}개`,
    on: (day) => `${day}에 경주, 실행 중 아님`,
    empty: "모두 빈 상자",
    about: (amount) => `≈ ${amount}`,
    notRunning: "실행 중이 아닙니다",
    foot: (image, accelerator, boot, runs) =>
      [
        `경주: ${image}`,
        ...(accelerator === null ? [] : [accelerators[accelerator] ?? accelerator]),
        ...(boot === "direct" ? ["커널 직접 부팅"] : []),
        "준비되었을 때 잼",
        `${runs}번`,
      ].join(", "),
  },
  pair: {
    mark: "한 쌍",
    note: (image) =>
      image === null
        ? "경주한 한 쌍이 계속 실행되고 있습니다."
        : `경주한 ${image}, 컨테이너와 가상 머신 한 쌍이 계속 실행되고 있습니다.`,
    stop: "한 쌍 멈추기",
  },
};
