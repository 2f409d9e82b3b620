// What our main process uses of Electron, as a record of what it was told. The names and shapes are electron.d.ts's.
import { EventEmitter } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { page } from "./page.mjs";
import { listen } from "./remote.mjs";

/** All that was set, in the order in which it was: the test reads it. */
export const told = [];
const tell = (what, value) => told.push([what, value ?? null]);

class App extends EventEmitter {
  isPackaged = process.env.STANDIN === "packaged";
  enableSandbox() {
    tell("enableSandbox");
  }
  requestSingleInstanceLock() {
    tell("requestSingleInstanceLock");
    return process.env.STANDIN !== "second";
  }
  async whenReady() {
    await new Promise((ready) => setImmediate(ready));
    tell("ready");
  }
  getLocale() {
    return "en-US";
  }
  quit() {
    let stays = false;
    this.emit("before-quit", {
      preventDefault() {
        stays = true;
      },
    });
    if (!stays) process.exit(0);
  }
  exit(code) {
    process.exit(code);
  }
}
export const app = new App();

/** Electron's ports are EventEmitters that wrap a message into an event, and wait for start(). */
class MessagePortMain extends EventEmitter {
  constructor(port) {
    super();
    this.port = port;
    port.on("close", () => this.emit("close"));
  }
  start() {
    this.port.on("message", (data) => this.emit("message", { data, ports: [] }));
  }
  postMessage(message) {
    this.port.postMessage(message);
  }
  close() {
    this.port.close();
  }
}
export class MessageChannelMain {
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

/** A frame whose page gets what main posts to it: the ports as a page would have them. */
class Frame {
  constructor(origin) {
    this.origin = origin;
  }
  postMessage(channel, _message, ports) {
    page.receive(
      channel,
      ports.map(({ port }) => port),
    );
  }
}

class WebContents extends EventEmitter {
  mainFrame = new Frame("tare://app");
  reloads = 0;
  setWindowOpenHandler(handler) {
    this.openHandler = handler;
  }
  reload() {
    this.reloads++;
  }
  /** What main sends to the page's preload script. */
  send(channel, value) {
    page.hear(channel, value);
  }
}

export class BrowserWindow extends EventEmitter {
  constructor(options) {
    super();
    tell("window", options);
    this.webContents = new WebContents();
    page.window = this;
    app.emit("web-contents-created", {}, this.webContents);
  }
  loadURL(url) {
    tell("load", url);
    setTimeout(() => this.emit("ready-to-show"), 20);
    return Promise.resolve();
  }
  isDestroyed() {
    return false;
  }
  isMinimized() {
    return true;
  }
  isFocused() {
    return focus.on;
  }
  show() {
    tell("show");
  }
  restore() {
    tell("restore");
  }
  focus() {
    tell("focus");
  }
}

/** Whether somebody looks at the window. */
export const focus = { on: false };

/** Notifications that were shown, for the test to click. */
export const notes = [];
export class Notification extends EventEmitter {
  static isSupported() {
    return true;
  }
  constructor(options) {
    super();
    this.options = options;
  }
  show() {
    notes.push(this);
  }
}

/** Dialogs that were asked for; `answer` is the button that the test presses. */
export const dialogs = { asked: [], answer: 0 };
export const dialog = {
  async showMessageBox(window, options) {
    dialogs.asked.push({ ...options, over: window instanceof BrowserWindow });
    return { response: dialogs.answer };
  },
};

class Session extends EventEmitter {
  set = new Map();
  webRequest = { onBeforeRequest: (handler) => this.set.set("onBeforeRequest", handler) };
}
for (const name of [
  "setPermissionRequestHandler",
  "setPermissionCheckHandler",
  "setDevicePermissionHandler",
  "setDisplayMediaRequestHandler",
  "setBluetoothPairingHandler",
])
  Session.prototype[name] = function (handler) {
    this.set.set(name, handler);
  };
export const session = { defaultSession: new Session() };

export const protocol = {
  handlers: new Map(),
  registerSchemesAsPrivileged: (schemes) => tell("schemes", schemes),
  handle(scheme, handler) {
    tell("handle", scheme);
    this.handlers.set(scheme, handler);
  },
};

export const ipcMain = new EventEmitter();
export const shell = { openExternal: async (url) => tell("openExternal", url) };
// Only the preload script uses these; page.mjs gives it its own.
export const contextBridge = null;
export const ipcRenderer = null;

listen({ app, session: session.defaultSession, protocol, ipcMain, told, Frame, notes, dialogs, focus });
