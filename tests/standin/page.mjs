// The renderer's side of the fake: runs the built preload script as a page's, and is that page's window.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import vm from "node:vm";

const origin = "tare://app";

class Page {
  /** The fake BrowserWindow, once main has made it. */
  window = null;
  /** What the preload script put into the page's world. */
  exposed = {};
  /** Messages that came to the page's window: [message, target origin, number of ports]. */
  messages = [];
  port = null;
  ipc = new EventEmitter();

  /** Main posted to our frame: the preload script hears it. */
  receive(channel, ports) {
    this.ipc.emit(channel, { ports });
  }

  /** Main sent something over ipc: the preload script hears it. */
  hear(channel, value) {
    this.ipc.emit(channel, {}, value);
  }

  /** Loads the preload script of the window's settings, in a context without Node, as a sandboxed one has. */
  load(path, send) {
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name, value) => {
          this.exposed[name] = value;
        },
      },
      ipcRenderer: { send, on: (channel, listener) => this.ipc.on(channel, listener) },
    };
    const require = (name) => {
      if (name !== "electron") throw new Error(`a sandboxed preload script cannot require ${name}`);
      return electron;
    };
    const window = {
      location: { origin },
      postMessage: (message, target, ports = []) => {
        this.messages.push([message, target, ports.length]);
        if (ports.length === 0) return;
        this.port = ports[0];
        this.port?.on("message", (data) => this.onData(data));
        this.port?.on("close", () => this.onData(null));
      },
    };
    vm.runInNewContext(readFileSync(path, "utf8"), { require, window });
  }

  /** Set by remote.mjs: what the port brings. null: it closed. */
  onData() {}
}

export const page = new Page();
