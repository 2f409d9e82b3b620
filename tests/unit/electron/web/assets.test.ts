import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { bodyFor, readPage } from "../../../../electron/web/assets.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "tare-doors-"));
  folders.push(made);
  return made;
}

test("a page's files by their address; a recording, a map and what a link leads to are not among them", () => {
  const made = folder();
  mkdirSync(join(made, "assets"));
  writeFileSync(join(made, "index.html"), "<p nonce=CSP_NONCE>CSP_NONCE");
  writeFileSync(join(made, "assets/a.js"), "1");
  writeFileSync(join(made, "assets/a.js.map"), "1");
  writeFileSync(join(made, "sample.tare"), "1");
  symlinkSync("/etc/passwd", join(made, "link.js"));
  const page = readPage(made, null);
  expect([...page.keys()].sort()).toEqual(["/", "/assets/a.js"]);
  expect(page.get("/assets/a.js")?.type).toBe("text/javascript; charset=utf-8");
  const index = page.get("/");
  expect(index && bodyFor(index, "N").toString()).toBe("<p nonce=N>N");
});

test("a folder without a page is said so", () => {
  expect(() => readPage(folder(), null)).toThrow(/npm run build/);
});
