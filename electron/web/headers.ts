import { randomBytes } from "node:crypto";

/** A new one for each page: only styles that carry it are taken (the page's kit makes style elements). */
export const newNonce = (): string => randomBytes(16).toString("base64url");

/**
 * The page's content security policy. `connect` is where it may send: its own WebSocket in the browser, nowhere in
 * Electron (there the data comes over a MessagePort). No inline script, no eval, no frame, no form, no other origin.
 * https://www.w3.org/TR/CSP3/
 */
export const contentPolicy = (nonce: string, connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join("; ");

/** Headers of every answer, refusals included. No CORS header, ever: nobody else may read what stands here. */
export const safeHeaders = (policy: string): Readonly<Record<string, string>> => ({
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Origin-Agent-Cluster": "?1",
  "Referrer-Policy": "no-referrer",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()",
  "Cache-Control": "no-store",
});
