import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { executablePath } from "../browser.ts";
import { needs } from "../needs.ts";

// Without a browser the ui and e2e projects are not there at all: this counts them among what was skipped, and says why.
needs("chromium")("the page's tests (ui and e2e)", () => {
  test("Chromium is found, and starts", () => {
    expect(execFileSync(executablePath ?? "", ["--version"], { encoding: "utf8" })).toMatch(/Chrom/);
  });
});
