// A table whose words have no room beside each other is stacked: each row becomes a block with its labels. Only the
// table itself knows how wide its words are, so it is measured before it is painted.
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Pixels of a telephone: every table is stacked there, because two columns leave no room for a third. */
const PHONE = 560;

/** Returns whether the table in `frame` has to be stacked. @param least pixels below which it is stacked in any case */
export function useStacked(frame: RefObject<HTMLElement | null>, least = PHONE): boolean {
  const [room, setRoom] = useState<number>();
  const [needed, setNeeded] = useState(least);
  const stacked = room !== undefined && room < needed;
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setRoom(element.clientWidth));
    watch.observe(element);
    return () => watch.disconnect();
  }, [frame]);
  // A stacked table is as wide as its place: what it needs was measured while it was a table. It never shrinks, so that
  // a table doesn't change back and forth.
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || stacked) return;
    const { scrollWidth, clientWidth } = element;
    setRoom(clientWidth);
    if (scrollWidth > clientWidth + 1) setNeeded((before) => Math.max(before, scrollWidth));
  });
  return stacked;
}
