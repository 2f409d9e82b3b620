import { contextBridge, ipcRenderer } from "electron";

/** The page's window as far as it is used here; electron/ compiles without the DOM. */
declare const window: {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, origin: string, ports?: readonly unknown[]): void;
};

// Hands the page one MessagePort and nothing else, so this file never changes when the calls do. The page gets neither
// ipcRenderer nor an event of it: it may ask ("connect"), and the port comes as a message of its own window.
contextBridge.exposeInMainWorld("tare", { connect: () => ipcRenderer.send("tare") });

ipcRenderer.on("tare", (event) => {
  window.postMessage("tare", window.location.origin, event.ports);
});

// A notification was clicked: the page goes to what it told of. An id as text, or null, and nothing else comes this way.
ipcRenderer.on("tare-look", (_event, instance: unknown) => {
  const known = typeof instance === "string" ? instance : null;
  window.postMessage({ tare: "look", instance: known }, window.location.origin);
});
