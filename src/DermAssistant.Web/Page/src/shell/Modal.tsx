// The browser's own dialog: it keeps the focus, closes on Escape and gives the focus back.
import { useEffect, useRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react';

interface Props {
  label: string;
  className?: string;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ReactNode;
}

export function Modal({ label, className = '', onClose, onKeyDown, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const cancel = (event: SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog
      ref={dialog} className={`modal ${className}`} aria-label={label} onCancel={cancel}
      onClick={(event) => { if (event.target === dialog.current) onClose(); }}
      // What is typed in a dialog is none of the chat's business.
      onKeyDown={(event) => {
        event.stopPropagation();
        onKeyDown?.(event);
      }}
    >
      <div className="modal__body">{children}</div>
    </dialog>
  );
}
