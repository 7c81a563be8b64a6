import { useSyncExternalStore } from 'react';

// As in styles/shell.css.
const wide = matchMedia('(min-width: 64.01rem)');

/** Whether the browser has a network at all. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('online', changed);
      addEventListener('offline', changed);
      return () => {
        removeEventListener('online', changed);
        removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

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
