import { afterEach, expect, test } from "vitest";
import { type BackEnd, backEnd, resetPeak, resident } from "../faults/process.ts";
import { needs } from "../needs.ts";
import { type Answer, containers, json, stub, text } from "../unit/electron/engines/docker-api/stub.ts";

const MiB = 2 ** 20;
let tare: BackEnd | null = null;
afterEach(async () => {
  await tare?.end();
  tare = null;
});

/** Sends `size` bytes as the body of an answer, as fast as they are taken. */
const endless =
  (piece: Buffer, size: number): Answer =>
  (response) => {
    response.on("error", () => undefined);
    let sent = 0;
    const more = () => {
      while (sent < size && !response.destroyed) {
        sent += piece.length;
        if (!response.write(piece)) return void response.once("drain", more);
      }
      response.end();
    };
    more();
  };

needs("root")("fault 3: an engine that lies", () => {
  test("costs the back end no more than 40 MB, whatever it answers, and is called a liar", async () => {
    const one = await stub({}, 40);
    try {
      tare = await backEnd("c1", [], { DOCKER_HOST: `unix://${one.socket}` });
      const back = tare;
      const pid = back.child.pid ?? 0;
      const reaches = (what: object, lie: string) =>
        back.until(() => {
          const status = back.status("docker");
          if (status?.nextTry) back.child.kill("SIGUSR2");
          expect(status, lie).toMatchObject(what);
        }, 40_000);
      await reaches({ state: "ready" }, "none yet");
      await back.until(() => expect(back.lines.length).toBeGreaterThan(5));
      const lies: readonly [string, Answer][] = [
        ["HTML with 200", text("<html>Sign in</html>")],
        ["cut JSON", text('[{"Id":"')],
        ["wrong types", json([{ Id: 5, Names: "x", State: {} }])],
        ["500 MB of spaces", endless(Buffer.alloc(1 << 18, 0x20), 500 * MiB)],
        ["500 MB of nested lists", endless(Buffer.alloc(1 << 18, "["), 500 * MiB)],
        ["7 MB of well-formed rubbish", text(`[${"[],".repeat((7 * MiB) / 3)}{}]`)],
        ["7 MB in one word", text(`["${"x".repeat(7 * MiB)}"]`)],
      ];
      const grown: [string, number][] = [];
      for (const [lie, route] of lies) {
        resetPeak(pid);
        const before = resident(pid).now;
        one.routes.list = route;
        one.endStreams();
        await reaches({ trouble: { code: "garbled" } }, lie);
        grown.push([lie, (resident(pid).peak - before) / MiB]);
        one.routes.list = json(containers(40));
        await reaches({ state: "ready", trouble: null }, lie);
      }
      for (const [lie, more] of grown) expect(more, lie).toBeLessThanOrEqual(40);
      expect(back.errors()).toBe("");
    } finally {
      await one.close();
    }
  }, 300_000);
});
