import X from "lucide-react/icons/x";
import { Fragment, useEffect, useState } from "react";
import { Button, Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { choose, useUi } from "../state/ui.ts";
import { useLanguage, useWords } from "../state/words.ts";
import type { Block, Inline, Section } from "./markdown.ts";
import { meanings } from "./pages.ts";
import "./meaning.css";

/** What a figure means: its heading of docs/measuring.md, over the page that shows it. */
export function MeaningSheet() {
  const { frame } = useWords();
  const language = useLanguage();
  const anchor = useUi((ui) => ui.meaning);
  const [sections, setSections] = useState<readonly Section[]>([]);
  useEffect(() => {
    if (anchor === null) return;
    let current = true;
    void meanings(language).then((found) => current && setSections(found));
    return () => {
      current = false;
    };
  }, [anchor, language]);
  const section = sections.find((one) => one.anchor === anchor);
  return (
    <ModalOverlay
      className="scrim"
      isOpen={anchor !== null}
      isDismissable
      onOpenChange={(open) => open || choose({ meaning: null })}
    >
      <Modal className="sheet meaning-sheet">
        <Dialog className="dialog">
          <header>
            <Heading slot="title">{section?.title ?? frame.meaning.title}</Heading>
            <Button className="btn quiet only-icon" slot="close" aria-label={frame.close} autoFocus>
              <X className="icon" aria-hidden="true" />
            </Button>
          </header>
          <div className="meaning-text">
            {section?.blocks.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a text that does not change
              <BlockText key={index} block={block} />
            ))}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function BlockText({ block }: { readonly block: Block }) {
  switch (block.is) {
    case "paragraph":
      return (
        <p>
          <Line of={block.text} />
        </p>
      );
    case "formula":
      return <pre>{block.text}</pre>;
    case "list":
      return (
        <ul>
          {block.items.map((item) => (
            <li key={textOf(item)}>
              <Line of={item} />
            </li>
          ))}
        </ul>
      );
    case "table":
      return (
        <table>
          {block.head.some((cell) => cell.length > 0) ? (
            <thead>
              <tr>
                {block.head.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                  <th key={column} scope="col">
                    <Line of={cell} />
                  </th>
                ))}
              </tr>
            </thead>
          ) : null}
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.map(textOf).join("|")}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                  <td key={column}>
                    <Line of={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

const textOf = (line: readonly Inline[]) => line.map(({ text }) => text).join("");

function Line({ of }: { readonly of: readonly Inline[] }) {
  return of.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that does not change
    <Fragment key={index}>
      <Piece of={piece} />
    </Fragment>
  ));
}

function Piece({ of }: { readonly of: Inline }) {
  switch (of.is) {
    case "text":
      return of.text;
    case "code":
      return <code>{of.text}</code>;
    case "em":
      return <em>{of.text}</em>;
    case "strong":
      return <strong>{of.text}</strong>;
    // Shown to be copied: a page behind Tare's doors leads nowhere else.
    case "address":
      return <span className="address">{of.text}</span>;
    case "link":
      return (
        <Button className="meaning" onPress={() => choose({ meaning: of.to })}>
          {of.text}
        </Button>
      );
  }
}
