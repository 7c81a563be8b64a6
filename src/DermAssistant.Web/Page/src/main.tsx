import { createRoot } from 'react-dom/client';
import { applyTheme, storedTheme } from './shell/theme';
import { App } from './shell/App';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/chat.css';
import './styles/evidence.css';
import './styles/dialogs.css';
import './styles/report.css';

applyTheme(storedTheme());
// Browsers hide a nonce from selectors, not from scripts that were let in by it.
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
createRoot(document.getElementById('page')!).render(<App nonce={nonce} />);
