// The test's hand inside the stand-in: it asks over the ipc channel, by name, and gets an answer. Bytes of the page's port
// go to and fro as they are, so that the test speaks with our own client code.
import { page } from "./page.mjs";

export function listen({ app, session, protocol, ipcMain, told, Frame, notes, dialogs, focus }) {
  const contents = () => page.window.webContents;
  const ask = (frame) => ipcMain.emit("tare", { sender: contents(), senderFrame: frame });
  /** Does a handler call preventDefault? */
  const prevented = (emitter, name, ...more) => {
    let was = false;
    emitter.emit(
      name,
      {
        preventDefault() {
          was = true;
        },
      },
      ...more,
    );
    return was;
  };
  const back = (call) => new Promise((resolve) => call(resolve));

  const can = {
    told: () => told,
    load: (preload) => page.load(preload, () => ask(contents().mainFrame)),
    exposed: () => Object.entries(page.exposed).map(([name, value]) => [name, Object.keys(value)]),
    messages: () => page.messages,
    connect: () => page.exposed.tare.connect(),
    send: (bytes) => page.port.postMessage(bytes),
    /** A frame that is none of ours asks for a port. */
    askAs: (origin) => ask(origin === null ? null : new Frame(origin)),
    askFromMainFrameAt(origin) {
      const { mainFrame } = contents();
      const before = mainFrame.origin;
      mainFrame.origin = origin;
      ask(mainFrame);
      mainFrame.origin = before;
    },
    navigate: (name) => prevented(contents(), name),
    choose: (name) =>
      back((done) => prevented(session, name, {}, ...(name === "select-serial-port" ? [{}] : []), done)),
    download: (url) => prevented(session, "will-download", { getURL: () => url }),
    open: (url) => contents().openHandler({ url }),
    /** What both handlers say of a permission that `url` wants. */
    permission: async ([name, url]) => [
      await back((done) =>
        session.set.get("setPermissionRequestHandler")({}, name, done, { requestingUrl: url }),
      ),
      session.set.get("setPermissionCheckHandler")({}, name, url, {}),
    ],
    device: () => session.set.get("setDevicePermissionHandler")({}),
    display: () => back((done) => session.set.get("setDisplayMediaRequestHandler")({}, done)),
    bluetooth: () => back((done) => session.set.get("setBluetoothPairingHandler")({}, done)),
    request: (url) => back((done) => session.set.get("onBeforeRequest")({ url }, done)),
    async fetch({ url, method = "GET" }) {
      const response = await protocol.handlers.get("tare")({ url, method });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    },
    crash(reason) {
      contents().emit("render-process-gone", {}, { reason });
      return contents().reloads;
    },
    notes: () => notes.map(({ options }) => options),
    clickNote: (index) => notes[index].emit("click"),
    dialogs: () => dialogs.asked,
    answer(button) {
      dialogs.answer = button;
    },
    focus(on) {
      focus.on = on;
    },
    second: () => app.emit("second-instance"),
    quit: () => app.emit("window-all-closed"),
  };

  page.onData = (data) => process.send?.({ port: data });
  process.on("message", async ({ number, name, value }) => {
    try {
      process.send({ number, result: (await can[name](value)) ?? null });
    } catch (error) {
      process.send({ number, error: String(error.stack) });
    }
  });
}
