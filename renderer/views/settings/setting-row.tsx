import { type ReactNode, useId } from "react";

type SettingRowProps = {
  readonly name: string;
  /** What it costs or brings; empty: the name says it all. */
  readonly note: ReactNode;
  /** Why it was refused; null: it was not. */
  readonly wrong?: string | null;
  readonly children: ReactNode;
};

/** One line a setting: its name, its consequence under it, its control at the right; below, why it was refused. */
export function SettingRow({ name, note, wrong = null, children }: SettingRowProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't stand in a grid
    <div className="setting" role="group" aria-labelledby={id}>
      <span className="setting-name">
        <span id={id}>{name}</span>
        {note === "" ? null : <small>{note}</small>}
      </span>
      <span className="setting-control">{children}</span>
      {wrong === null ? null : (
        <p className="setting-wrong" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}
