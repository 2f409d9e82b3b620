import { visible } from "../format.ts";
import type { EngineName } from "../model/instance.ts";
import type { Trouble, TroubleCode } from "../model/trouble.ts";
import { engineNames } from "./engine-names.ts";

/** What can be done about a trouble; the sentence for each stands in the catalogues. */
export type MendKey =
  | "startService"
  | "startSocket"
  | "startFar"
  | "joinGroup"
  | "asRoot"
  | "openProxy"
  | "restartService"
  | "waitFar"
  | "checkListener"
  | "update"
  | "useSsh"
  | "unsetVariable"
  | "chooseContext"
  | "checkSetting"
  | "install"
  | "startOne"
  | "noCgroups"
  | "freeRoom"
  | "freePort"
  | "readCause";

/** What a mend costs, where it costs something. */
export type RiskKey = "groupIsRoot" | "containersStop" | "machinesGoOn";

export type EngineWords = {
  readonly wrong: { readonly [code in TroubleCode]: (name: string, where: string) => string };
  readonly mends: { readonly [key in MendKey]: (name: string) => string };
  readonly risks: { readonly [key in RiskKey]: string };
};

/** One trouble, ready to be shown: foreign text in it is visible() already. */
export type Told = {
  /** What is wrong, in one line. */
  readonly what: string;
  /** What to do, in one line; the command below does it where there is one. */
  readonly mend: string;
  readonly command: string | null;
  readonly risk: string | null;
};

/** What is wrong with `engine` and how it is put right, in the language of `words`. */
export function tellTrouble(trouble: Trouble, engine: EngineName, words: EngineWords): Told {
  const { key, command, risk } = mendOf(trouble, engine);
  const name = engineNames[engine];
  return {
    what: words.wrong[trouble.code](name, visible(trouble.where)),
    mend: words.mends[key](name),
    command,
    risk: risk === null ? null : words.risks[risk],
  };
}

type Mend = { readonly key: MendKey; readonly command: string | null; readonly risk: RiskKey | null };
const mend = (key: MendKey, command: string | null = null, risk: RiskKey | null = null): Mend => ({
  key,
  command,
  risk,
});

/** Engines that a system service runs, by what starts, opens and installs them on Debian and its kin. */
const services: ReadonlyMap<
  EngineName,
  { readonly unit: string; readonly group: string; readonly package: string }
> = new Map([
  ["docker", { unit: "docker", group: "docker", package: "docker.io" }],
  ["libvirt", { unit: "libvirtd", group: "libvirt", package: "libvirt-clients" }],
]);
const podmanSocket = "systemctl --user enable --now podman.socket";

/** The mend by code and engine; `where` says whether a setting, another machine or this one's service is meant. */
export function mendOf({ code, where, cause }: Trouble, engine: EngineName): Mend {
  const service = services.get(engine);
  const far = /(^|=)(tcp|ssh|https?):\/\//.test(where);
  const variable = /^([A-Z_]{1,40})=/.exec(where)?.[1];
  switch (code) {
    case "absent":
      if (engine === "podman") return mend("startSocket", podmanSocket);
      if (engine === "docker") return mend("startService", "sudo systemctl enable --now docker");
      if (service) return mend("install", `sudo apt-get install ${service.package}`);
      return engine === "cgroup" ? mend("noCgroups") : mend("startOne");
    case "denied":
      if (/HTTP 40[13]/.test(cause ?? "")) return mend("openProxy");
      if (engine === "podman") return mend("startSocket", podmanSocket);
      if (service) return mend("joinGroup", `sudo usermod -aG ${service.group} $USER`, "groupIsRoot");
      return mend("asRoot");
    case "refused":
      if (far) return mend("startFar");
      if (engine === "podman") return mend("startSocket", podmanSocket);
      return service ? mend("startService", `sudo systemctl start ${service.unit}`) : mend("startOne");
    case "timeout":
      if (far || !service) return mend("waitFar");
      return mend(
        "restartService",
        `sudo systemctl restart ${service.unit}`,
        engine === "docker" ? "containersStop" : "machinesGoOn",
      );
    case "garbled":
      return mend("checkListener");
    case "outdated":
      return mend("update");
    case "unsafe":
      return mend("useSsh", 'docker context create far --docker "host=ssh://USER@HOST"');
    case "misconfigured":
      if (variable) return mend("unsetVariable", `unset ${variable}`);
      return where.startsWith("docker context")
        ? mend("chooseContext", "docker context use default")
        : mend("checkSetting");
    case "full":
      return mend("freeRoom");
    case "occupied":
      return mend("freePort");
    case "failed":
      return mend("readCause");
  }
}
