// Web Chat and Adaptive Cards in the page's colours. All of them are the tokens of styles/tokens.css, so they follow light and dark.

const font = 'var(--font)';

export const styleOptions = {
  accent: 'var(--accent)',
  subtle: 'var(--ink-quiet)',
  backgroundColor: 'transparent',
  primaryFont: font,
  monospaceFont: 'var(--font-mono)',
  fontSizeSmall: 'var(--text-small)',
  paddingRegular: 12,
  paddingWide: 16,
  rootHeight: '100%',

  bubbleBackground: 'transparent',
  bubbleBorderWidth: 0,
  bubbleTextColor: 'var(--ink)',
  bubbleMaxWidth: 760,
  bubbleMinHeight: 0,
  bubbleMinWidth: 0,
  bubbleFromUserBackground: 'var(--tint)',
  bubbleFromUserBorderColor: 'transparent',
  bubbleFromUserBorderRadius: 14,
  bubbleFromUserBorderWidth: 0,
  bubbleFromUserTextColor: 'var(--ink)',
  bubbleImageHeight: 320,

  // Text of answers and captions is text; it may bring no HTML along.
  markdownRenderHTML: false,
  enableUploadThumbnail: true,
  hideUploadButton: true,
  hideToaster: true,
  groupTimestamp: 60_000,
  timestampColor: 'var(--ink-quiet)',
  typingAnimationDuration: 60_000,
  sendTimeout: 20_000,
  sendTimeoutForAttachments: 120_000,
  maxMessageLength: 4000,

  transcriptActivityVisualKeyboardIndicatorColor: 'var(--accent)',
  transcriptActivityVisualKeyboardIndicatorStyle: 'solid',
  transcriptActivityVisualKeyboardIndicatorWidth: 2,
  transcriptVisualKeyboardIndicatorColor: 'var(--accent)',
  transcriptOverlayButtonBackground: 'var(--accent)',
  transcriptOverlayButtonBackgroundOnFocus: 'var(--accent-strong)',
  transcriptOverlayButtonBackgroundOnHover: 'var(--accent-strong)',
  transcriptOverlayButtonColor: 'var(--on-accent)',
  transcriptTerminatorBackgroundColor: 'var(--ink-quiet)',
  transcriptTerminatorColor: 'var(--surface)',
  failedConnectivity: 'var(--urgency-emergency)',

  cardEmphasisBackgroundColor: 'var(--tint)',
  cardPushButtonBackgroundColor: 'var(--accent)',
  cardPushButtonTextColor: 'var(--accent)',
};

const colour = (name: string) => ({ default: `var(${name})`, subtle: 'var(--ink-quiet)' });
const foreground = {
  default: colour('--ink'), dark: colour('--ink'), light: colour('--ink-quiet'), accent: colour('--accent'),
  good: colour('--urgency-routine'), warning: colour('--urgency-soon'), attention: colour('--urgency-emergency'),
};

export const cardStyle = {
  fontFamily: font,
  supportsInteractivity: true,
  containerStyles: {
    default: { backgroundColor: 'var(--surface)', foregroundColors: foreground },
    emphasis: { backgroundColor: 'var(--tint)', foregroundColors: foreground },
  },
};
