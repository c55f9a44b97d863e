/**
 * Scripts, styles and requests are of this service alone, and nothing is written into the page as
 * text. No form leads away, and no page of another has this one in a frame.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
];

/** What a page has no use for. */
const NO_FEATURES = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer'],
  ...['microphone', 'midi', 'payment', 'publickey-credentials-get', 'serial', 'usb'],
];

/** Of everything that browsers are given as a page, or as a part of one. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY.join('; '),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': NO_FEATURES.map((feature) => `${feature}=()`).join(', '),
};

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json',
  woff2: 'font/woff2',
};

/** By the ending of a name. Of others browsers are told nothing, and make nothing. */
export function contentTypeOf(name: string): string {
  return TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

/** The build puts a hash of the contents into names such as `assets/index-BkF3dZ9q.js`. */
const HASHED = /\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

/** What has its hash in its name never changes; all else is asked for each time. */
export function cachingOf(name: string): string {
  return HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache';
}
