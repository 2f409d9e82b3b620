import type { EngineWords } from "../mends.ts";

/** What can be wrong with an engine, and what to do about it. */
export const engines: EngineWords = {
  wrong: {
    absent: (name, where) => `${name} is not here: nothing at ${where}.`,
    denied: (name, where) => `${name} is here, but you may not ask it (${where}).`,
    refused: (name, where) => `${name} is not running: nobody answers at ${where}.`,
    timeout: (name, where) => `${name} does not answer in time (${where}).`,
    garbled: (name, where) => `What answers at ${where} can’t be read, and may not be ${name}.`,
    outdated: (name, where) => `${name} at ${where} speaks no version that Tare knows.`,
    unsafe: (name, where) => `${name} at ${where} could only be reached unprotected, so it is not asked.`,
    misconfigured: (name, where) => `The setting that leads to ${name} can’t be right: ${where}.`,
    full: (name, where) => `${name} has no room left at ${where}.`,
    occupied: (name, where) => `${name}: ${where} is in use.`,
    failed: (name, where) => `${name} failed (${where}).`,
  },
  mends: {
    startService: (name) => `Start ${name}. Tare comes in by itself.`,
    startSocket: (name) => `Turn on ${name}’s socket. It starts ${name}’s service when somebody asks.`,
    startFar: (name) => `Start ${name} on that computer, or check that the address and port are right.`,
    joinGroup: (name) => `Join ${name}’s group, then log out and in again.`,
    asRoot: () => "Run Tare as the user who started it, or as root.",
    openProxy: () =>
      "A proxy or plugin refuses the call. Let it pass GET for containers, events, images and info; Tare needs no more.",
    restartService: (name) => `Wait a moment: a busy computer answers late. If it stays so, restart ${name}.`,
    waitFar: () => "Tare keeps asking, and goes on where it was when an answer comes.",
    checkListener: (name) =>
      `See what listens there; a proxy’s page is the usual reason. ${name} itself may be fine.`,
    update: (name) => `Update ${name}; if it is newer than this Tare, update Tare.`,
    useSsh: () => "Reach it through ssh or TLS: an open port gives root to whoever finds it.",
    unsetVariable: () => "Put the variable right, or drop it and start Tare again.",
    chooseContext: () => "Choose another context, or put this one right.",
    checkSetting: () => "Put the setting right: the address leads to something else.",
    install: () => "Install the tools that speak to it.",
    startOne: () => "Nothing to do: it shows up here as soon as one runs.",
    noCgroups: () => "This system has no cgroups. Engines with an API are still shown.",
    freeRoom: () => "Free some room; Tare goes on by itself.",
    freePort: () => "End what uses it, or choose another.",
    readCause: () => "What it said stands beside. Tare tries again by itself.",
  },
  risks: {
    groupIsRoot: "Members of this group can become root.",
    containersStop: "Running containers stop, unless live-restore is on.",
    machinesGoOn: "Running machines go on.",
  },
};
