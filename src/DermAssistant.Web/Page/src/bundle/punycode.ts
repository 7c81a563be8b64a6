// The two functions markdown-it needs of Node's punycode, from what the browser has.

/** `münchen.de` to `xn--mnchen-3ya.de`; what is no host name comes back as it was. */
export function toASCII(host: string): string {
  try {
    return new URL(`https://${host}`).hostname || host;
  } catch {
    return host;
  }
}

/** The browser keeps the way back to itself: the ASCII form is shown, which cannot be mistaken for another host. */
export function toUnicode(host: string): string {
  return host;
}
