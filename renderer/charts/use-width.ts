import { type RefObject, useLayoutEffect, useState } from "react";

/** Width in CSS pixels of an element (or of its parent), followed when it changes; 0 before it is laid out. */
export function useWidth(ref: RefObject<HTMLElement | null>, of: "self" | "parent"): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = of === "self" ? ref.current : ref.current?.parentElement;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, of]);
  return width;
}
