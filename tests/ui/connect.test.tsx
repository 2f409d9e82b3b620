import { afterEach, expect, test } from "vitest";
import { connect } from "../../renderer/connect.ts";

type Bridged = { tare?: { connect(): void } };
afterEach(() => {
  delete (window as Bridged).tare;
});

test("in Electron the page asks, and takes the one port that its own window is handed", async () => {
  const { port1, port2 } = new MessageChannel();
  const stranger = new MessageChannel();
  (window as Bridged).tare = {
    connect() {
      window.postMessage("something else", location.origin, [stranger.port2]);
      window.postMessage("tare", location.origin);
      window.postMessage("tare", location.origin, [port2]);
    },
  };
  const pipe = await connect();
  const got: number[][] = [];
  const back: number[][] = [];
  port1.onmessage = ({ data }) => back.push([...data]);
  port1.postMessage(Uint8Array.of(1, 2));
  port1.postMessage("no bytes");
  pipe.receive((message) => got.push([...message]));
  pipe.send(Uint8Array.of(3));
  await expect.poll(() => [got, back]).toEqual([[[1, 2]], [[3]]]);
  const end = new Promise<void>((resolve) => pipe.closed(resolve));
  pipe.close();
  await end;
});

test("in a browser a page without link and key is told so, and nobody is asked", async () => {
  sessionStorage.removeItem("tare.key");
  await expect(connect()).rejects.toMatchObject({ code: "unauthorised" });
});

test("a link that nobody can be asked about leaves the address at once", async () => {
  const { pathname } = location;
  history.replaceState(null, "", `${pathname}#t=${"A".repeat(43)}`);
  // The test's own server knows no /session: it answers 404, as one does that refuses.
  await expect(connect()).rejects.toMatchObject({ code: "unauthorised" });
  expect(location.hash).toBe("");
});
