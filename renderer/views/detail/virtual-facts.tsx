import { count, wholeBytes } from "../../../shared/format.ts";
import type { Virtualization } from "../../../shared/model/instance.ts";
import type { Words } from "../../../shared/words/words.ts";
import { Foreign } from "../../components/foreign.tsx";
import { useWords } from "../../state/words.ts";

type W = Words["detail"]["facts"]["virtual"];
const known = (words: W, accelerator: string): accelerator is keyof W["accelerators"] =>
  Object.hasOwn(words.accelerators, accelerator);

function kindOf(words: W, accelerator: string | null): string {
  if (accelerator === null) return words.notKnown;
  return accelerator === "tcg" ? words.software : accelerator === "xen" ? words.para : words.hardware;
}

/** How a VM is virtualized, as far as it was seen; what was only asked for is told as such. */
export function VirtualFacts({ of }: { readonly of: Virtualization }) {
  const facts = useWords().detail.facts;
  const words = facts.virtual;
  const { accelerator, acceleratorSeen, machine, vcpus, configured } = of;
  const rows = [
    { name: words.kind, value: kindOf(words, accelerator) },
    {
      name: words.hypervisor,
      value:
        accelerator === null
          ? words.notKnown
          : known(words, accelerator)
            ? words.accelerators[accelerator]
            : accelerator,
    },
    ...(accelerator !== null && !acceleratorSeen ? [{ name: "", value: words.askedFor }] : []),
    { name: words.machine, value: machine ?? words.notKnown },
    { name: words.vcpus, value: count(vcpus) },
    { name: words.size, value: wholeBytes(configured) },
  ];
  return (
    <section>
      <h3>{facts.virtualTitle}</h3>
      <table>
        <tbody>
          {rows.map(({ name, value }) => (
            <tr key={name || "asked"}>
              <th scope="row">{name}</th>
              <td className={name === "" ? "words second" : "words"}>
                <Foreign text={value} most={80} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
