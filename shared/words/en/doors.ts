export const doors = {
  opening:
    "Opening your browser. If nothing opens, open the address above: it works once, within two minutes.",
  notOpening: "Open the address above in a browser on this computer: it works once, within two minutes.",
  newLink: "Press Enter for a new address.",
  backAgain: "Tare has started again. Open pages come back by themselves; what was measured before is gone.",
  fellTooOften: ({ times }: { times: number }) =>
    `Tare has failed ${times} times within a minute and ends here. Start it anew, and report the lines above.`,
  linkUnsafe: ({ path }: { path: string }) =>
    `tare link will not work: ${path} is not yours alone. Look at it, and remove it: ls -ld`,
  linkImpossible: ({ path, cause }: { path: string; cause: string }) =>
    `tare link will not work: no socket could be made at ${path} (${cause}).`,
  badOrigin: ({ value }: { value: string }) =>
    `--origin takes an address like http://127.0.0.1:9000, not "${value}".`,
  portInUse: ({ port }: { port: number }) =>
    `Port ${port} is in use. Take another with --port, or leave --port out and Tare finds one.`,
  portDenied: ({ port }: { port: number }) =>
    `Port ${port} may not be opened by this user. Take one above 1023 with --port, or leave --port out.`,
  cannotListen: ({ port, cause }: { port: number; cause: string }) =>
    `Tare can't listen on 127.0.0.1:${port}: ${cause}.`,
  pageMissing: "The page is not built. Build it: npm run build",
  refused: ({ count, rules }: { count: number; rules: string }) =>
    `Refused ${count} ${count === 1 ? "request" : "requests"} that did not come from Tare's own page (rule: ${rules}).`,
};
