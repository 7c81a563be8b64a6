// Line icons, drawn on a 20 by 20 grid. Decorative: the control they stand in has the name.
import type { ReactNode } from 'react';

function icon(shapes: ReactNode) {
  return function Icon() {
    return (
      <svg className="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
        {shapes}
      </svg>
    );
  };
}

export const icons = {
  photo: icon(<><rect x="2.5" y="3.5" width="15" height="13" rx="2.5" /><circle cx="7" cy="8" r="1.4" /><path d="m3 14.5 4-3.7 3 2.5 3.5-3.5 3.9 3.9" /></>),
  camera: icon(<><path d="M2.5 7.5a2 2 0 0 1 2-2h1.8l1.2-2h5l1.2 2h1.8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2z" /><circle cx="10" cy="10.8" r="3" /></>),
  send: icon(<path d="M10 16.5v-13M4.5 9 10 3.5 15.5 9" />),
  close: icon(<path d="m5 5 10 10M15 5 5 15" />),
  menu: icon(<><circle cx="4" cy="10" r=".8" fill="currentColor" /><circle cx="10" cy="10" r=".8" fill="currentColor" /><circle cx="16" cy="10" r=".8" fill="currentColor" /></>),
  add: icon(<path d="M10 4v12M4 10h12" />),
  up: icon(<path d="M6.5 9 9.5 3c1.3 0 2 .8 2 2l-.4 3h4a1.6 1.6 0 0 1 1.6 1.9l-1 5.3A1.8 1.8 0 0 1 14 16.7H6.5zM3.5 9h3v7.7h-3z" />),
  down: icon(<path d="M13.5 11l-3 6c-1.3 0-2-.8-2-2l.4-3h-4a1.6 1.6 0 0 1-1.6-1.9l1-5.3A1.8 1.8 0 0 1 6 3.3h7.5zM16.5 11h-3V3.3h3z" />),
  evidence: icon(<><path d="M3.5 5h8M3.5 10h5M3.5 15h8" /><path d="m12 10.5 2 2 3.5-4" /></>),
  external: icon(<path d="M11.5 3.5h5v5M16.5 3.5l-7 7M14 11.5v3a2 2 0 0 1-2 2H5.5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h3" />),
  back: icon(<path d="M12 4.5 6.5 10l5.5 5.5" />),
  warning: icon(<><path d="M10 3 2.5 16.5h15z" /><path d="M10 8v4M10 14.3v.1" /></>),
  clock: icon(<><circle cx="10" cy="10" r="7" /><path d="M10 6v4.3l2.8 1.7" /></>),
  check: icon(<path d="m4.5 10.5 3.7 3.7 7.3-8" />),
};
