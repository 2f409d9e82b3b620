import { join } from "node:path";
import { BrowserWindow, ipcMain, MessageChannelMain } from "electron";
import type { Pipe } from "../../shared/wire/pipe.ts";
import { startsAgain } from "../machine/starts-again.ts";
import { portPipe } from "./port-pipe.ts";
import { pageAddress } from "./protocol.ts";
import { isOurPage } from "./security.ts";

/**
 * Opens the window. Its page asks for a port with "tare", and gets one end of a channel; the other is served. Each load
 * of the page asks anew; the port of the page before closes with it.
 */
export function openWindow(
  serve: (pipe: Pipe) => void,
  options: { readonly unpackaged: boolean; onReady(): void },
): BrowserWindow {
  const window = new BrowserWindow({
    name: "main",
    windowStatePersistence: true,
    title: "Tare",
    width: 1280,
    height: 860,
    minWidth: 640,
    minHeight: 480,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Its dictionaries would be fetched from a far server.
      spellcheck: false,
      devTools: options.unpackaged,
    },
  });
  window.once("ready-to-show", () => {
    window.show();
    options.onReady();
  });
  reloadWhenGone(window);

  let served: Pipe | null = null;
  ipcMain.on("tare", (event) => {
    if (window.isDestroyed() || !isOurPage(event, window.webContents.mainFrame)) return;
    served?.close();
    const { port1, port2 } = new MessageChannelMain();
    served = portPipe(port1);
    event.senderFrame?.postMessage("tare", null, [port2]);
    serve(served);
  });
  window.on("closed", () => {
    ipcMain.removeAllListeners("tare");
    served?.close();
  });
  void window.loadURL(pageAddress);
  return window;
}

/** Shows the window, and leads its page to what was found: of an instance, or of all (null). */
export function lookAt(window: BrowserWindow, instance: string | null): void {
  if (window.isDestroyed()) return;
  window.show();
  raise(window);
  window.webContents.send("tare-look", instance);
}

/** Brings the window to the user. */
export function raise(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** A page that falls over is loaded again, but not for ever. */
function reloadWhenGone(window: BrowserWindow): void {
  const again = startsAgain();
  window.webContents.on("render-process-gone", (_event, { reason }) => {
    if (again() && reason !== "clean-exit") window.webContents.reload();
  });
}
