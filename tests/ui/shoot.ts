import { page } from "vitest/browser";

type Meta = { readonly env: { readonly VITE_PICTURES?: string } };

/** `npm run pictures` takes them; the tests judge without, and are a minute faster. */
export const shooting = (import.meta as unknown as Meta).env.VITE_PICTURES === "1";

/** A picture for people, in tests/screenshots (kept out of git), of what the page shows now. `path` from the test's. */
export async function shoot(path: string): Promise<void> {
  if (shooting) await page.screenshot({ path });
}
