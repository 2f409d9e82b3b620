import { expect, test } from "vitest";
import { maySee } from "../../../../electron/cli/permissions.ts";

test.each([
  ["root", "CapInh:\t0000000000000000\nCapEff:\t000001ffffffffff\n", true],
  ["the capability alone", "CapEff:\t0000000000080000\n", true], // bit 19
  ["a user", "CapEff:\t0000000000000000\n", false],
  ["a container's root", "CapEff:\t00000000a80425fb\n", false], // Docker's default set: no SYS_PTRACE
  ["no such line", "CapPrm:\t000001ffffffffff\n", false],
])("%s", (_, status, may) => expect(maySee(status)).toBe(may));
