import type { Resource } from "../../shared/model/change.ts";

/** What the user is asked before anything is changed. Names and paths are foreign text. */
export type Question = {
  readonly undo: boolean;
  readonly name: string;
  readonly resource: Resource;
  readonly from: number | null;
  readonly to: number | null;
  /** The limit in force is set. */
  readonly now: boolean;
  /** The file that is written; null: none is. */
  readonly file: string | null;
  /** What runs may be killed by it. */
  readonly dangerous: boolean;
};

/** What a door can do beside carrying messages. */
export type Door = {
  /**
   * Asks the user where the page can't press the button: in a dialog of the system. null: this door has none, and the page
   * asks for the instance's name instead.
   */
  readonly confirm: ((question: Question) => Promise<boolean>) | null;
};
