import { type Protocol, protocol } from "electron";
import { bodyFor, type Page } from "../web/assets.ts";
import { contentPolicy, newNonce, safeHeaders } from "../web/headers.ts";

const scheme = "tare";
export const pageOrigin = `${scheme}://app`;
export const pageAddress = `${pageOrigin}/`;

/** Must be said before Electron is ready. Standard and secure: the page has an origin of its own, as on https. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false } },
  ]);
}

/** Serves the page's files from memory under tare://app/: a path is looked up whole, never joined or fetched. */
export function servePage(where: Protocol, page: Page): void {
  where.handle(scheme, ({ method, url }) => {
    const nonce = newNonce();
    // The page's data come over its port: it may send nothing anywhere.
    const headers = safeHeaders(contentPolicy(nonce, "'none'"));
    const file =
      method === "GET" && url.startsWith(pageAddress) ? page.get(url.slice(pageOrigin.length)) : undefined;
    if (!file) return new Response("Not found\n", { status: 404, headers });
    const body = new Uint8Array(bodyFor(file, nonce));
    return new Response(body, { headers: { ...headers, "Content-Type": file.type } });
  });
}
