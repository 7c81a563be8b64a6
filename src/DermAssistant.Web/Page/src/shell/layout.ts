import { useSyncExternalStore } from 'react';

// As in styles/shell.css.
const wide = matchMedia('(min-width: 64.01rem)');

/** Whether there is room for the evidence beside the chat; otherwise it covers the chat when it is opened. */
export function useEvidenceBeside(): boolean {
  return useSyncExternalStore(
    (changed) => {
      wide.addEventListener('change', changed);
      return () => wide.removeEventListener('change', changed);
    },
    () => wide.matches,
  );
}
