import { useEffect, useRef, useState } from 'react';
import { api } from '../api';
import { icons } from '../icons';
import { texts } from '../texts';
import { applyTheme, storedTheme, type Theme } from './theme';

const words = texts.header;

interface Props {
  conversation: string;
  onNewChat: () => void;
  onPrint: () => void;
  onAbout: () => void;
  onErase: () => void;
}

export function Header({ conversation, onNewChat, onPrint, onAbout, onErase }: Props) {
  const [open, setOpen] = useState(false);
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    menu.current?.querySelector<HTMLElement>('a, button')?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target) && !opener.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const then = (action: () => void) => () => {
    close();
    action();
  };
  const choose = (next: Theme) => {
    setTheme(next);
    applyTheme(next);
  };
  return (
    <header className="header">
      <h1 className="header__name">
        <svg className="header__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
          <circle cx="16" cy="16" r="10" fill="none" stroke="currentColor" strokeWidth="2" />
          <path d="M16 2v7M16 23v7M2 16h7M23 16h7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
          <circle cx="16" cy="16" r="3" fill="currentColor" />
        </svg>
        <span>{texts.name}</span>
      </h1>
      <p className="header__tagline">{texts.tagline}</p>
      <div className="header__actions">
        <button type="button" className="button" onClick={onNewChat}><icons.add /><span>{words.newChat}</span></button>
        <button ref={opener} type="button" className="button button--icon" aria-label={words.menu} aria-expanded={open} aria-controls="menu" onClick={() => setOpen(!open)}><icons.menu /></button>
        {open && (
          <div ref={menu} id="menu" className="menu" onKeyDown={(event) => { if (event.key === 'Escape') close(); }}>
            <a className="menu__item" href={api.exportUrl(conversation)} download onClick={close}>{words.exportJson}</a>
            <button type="button" className="menu__item" onClick={then(onPrint)}>{words.print}</button>
            <button type="button" className="menu__item" onClick={then(onAbout)}>{words.about}</button>
            <fieldset className="menu__themes">
              <legend>{words.theme}</legend>
              {(Object.keys(words.themes) as Theme[]).map((name) => (
                <label key={name}><input type="radio" name="theme" checked={theme === name} onChange={() => choose(name)} />{words.themes[name]}</label>
              ))}
            </fieldset>
            <button type="button" className="menu__item menu__item--grave" onClick={then(onErase)}>{words.erase}</button>
          </div>
        )}
      </div>
    </header>
  );
}
