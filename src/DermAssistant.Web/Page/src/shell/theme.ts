// Light, dark, or as the system has it. Only this choice is kept in the browser; nothing of a chat is.

export type Theme = 'system' | 'light' | 'dark';
const key = 'appearance';

export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Storage can be forbidden; then every visit begins as the system has it.
    return 'system';
  }
}

export function applyTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // As above.
  }
}
