import type { Session, WebContents } from "electron";
import { openLink } from "./links.ts";
import { pageAddress, pageOrigin } from "./protocol.ts";

/** The page copies a mend when the user presses its button; it reads no clipboard and may do nothing else. */
const granted = (permission: string, origin: string): boolean =>
  permission === "clipboard-sanitized-write" && (origin === pageOrigin || origin === pageAddress);

/** Everything that a session can be asked for is refused, and nothing but the page's own files is loaded. */
export function secureSession(session: Session, unpackaged: boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { requestingUrl }) =>
    callback(granted(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => granted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.on("select-usb-device", (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on("select-hid-device", (event, _details, callback) => {
    event.preventDefault();
    callback();
  });
  session.on("select-serial-port", (event, _ports, _contents, callback) => {
    event.preventDefault();
    callback("");
  });
  // Only what the page itself has made (a race as a picture or as JSON) may be saved; Electron asks the user where to.
  session.on("will-download", (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageOrigin}/`)) event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, callback) =>
    callback({ cancel: !url.startsWith(pageAddress) && !(unpackaged && url.startsWith("devtools://")) }),
  );
}

/** A window's contents stay on the page they were opened with, whatever is in it. */
export function secureContents(contents: WebContents): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: "deny" };
  });
}

/** What tells who sent a message of ipcMain. */
export type Sender = {
  readonly senderFrame: { readonly origin: string } | null;
};

/** Is it our page, in the main frame of our window, and not a frame inside or a page after it? */
export const isOurPage = ({ senderFrame }: Sender, mainFrame: object): boolean =>
  senderFrame !== null && senderFrame === mainFrame && senderFrame.origin === pageOrigin;
