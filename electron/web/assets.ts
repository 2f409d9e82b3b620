import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { Language } from "../../shared/words/language.ts";

/** What a page is made of. Anything else in the folder (a recording, a source map) is not served. */
const types: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".ico", "image/x-icon"],
  [".woff2", "font/woff2"],
  [".webmanifest", "application/manifest+json"],
]);

export type PageFile = { readonly type: string; readonly body: Buffer };

/** The page's files by their path in the address ("/" is index.html): constants that hold no secret. */
export type Page = ReadonlyMap<string, PageFile>;

/** Stands in index.html wherever the nonce of one answer belongs. */
const placeholder = "CSP_NONCE";

/**
 * Reads the built page once, at start. A request is then looked up here by its whole path: no path is ever joined, so
 * there is nothing to climb out of. `language`: what was asked for by --lang, before what the browser would ask for.
 * Throws where the page isn't built.
 */
export function readPage(folder: string, language: Language | null): Page {
  const page = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const type = types.get(extname(entry.name));
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = relative(folder, path).split(sep).join("/");
    const body = readFileSync(path);
    if (name === "index.html") page.set("/", { type, body: inLanguage(body, language) });
    else page.set(`/${name}`, { type, body });
  }
  if (!page.has("/")) throw new Error(`no page in ${folder}: npm run build`);
  return page;
}

const inLanguage = (body: Buffer, language: Language | null): Buffer =>
  language === null
    ? body
    : Buffer.from(
        body.toString("utf8").replace('<html lang="en"', `<html lang="${language}" data-asked="${language}"`),
      );

/** A file's body for one answer: a page gets this answer's nonce. */
export const bodyFor = (file: PageFile, nonce: string): Buffer =>
  file.type.startsWith("text/html")
    ? Buffer.from(file.body.toString("utf8").replaceAll(placeholder, nonce))
    : file.body;
