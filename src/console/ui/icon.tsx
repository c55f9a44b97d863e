/** Shapes on a grid of 16, drawn with the colour of the text beside them. */
const PATHS = {
  check: 'M3 8.5l3.2 3.2L13 4.8',
  ring: 'M8 2.2a5.8 5.8 0 1 1-5.8 5.8',
  triangle: 'M8 2.4l6 10.8H2L8 2.4zM8 6.4v3.2M8 11.4v.2',
  octagon: 'M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4L5.4 2zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  dash: 'M3.5 8h9',
  close: 'M4 4l8 8M12 4l-8 8',
  menu: 'M2 4h12M2 8h12M2 12h12',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  down: 'M4 6l4 4 4-4',
  right: 'M6 4l4 4-4 4',
  up: 'M4 10l4-4 4 4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4L14 14',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3',
  plus: 'M8 3v10M3 8h10',
  overview: 'M2 2.5h5v5H2zM9 2.5h5v3H9zM9 7.5h5v6H9zM2 9.5h5v4H2z',
  policies: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3M5.5 9.5l1.7 1.7 3.3-3.2',
  snapshots: 'M5 5.5h8.5V14H5zM2.5 11V2.5H11',
  chains: 'M3 13V8M7 13V5M11 13V3M2 13.5h12',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9',
  instances: 'M2 3h12v8H2zM6 14h4M8 11v3',
  disks:
    'M8 2.2c3 0 5.2.8 5.2 2s-2.2 2-5.2 2-5.2-.8-5.2-2 2.2-2 5.2-2zM2.8 4.2v7.6c0 1.2 2.2 2 5.2 2s5.2-.8 5.2-2V4.2M2.8 8c0 1.2 2.2 2 5.2 2s5.2-.8 5.2-2',
  images: 'M2.5 3h11v10h-11zM2.5 11l3.5-4 3 3 1.8-1.8 2.7 2.8M10.5 5.8h.01',
  capacity: 'M2 13.5h12M2 10.5l4-4 3 2.5 5-6',
  events: 'M4 12V7.5a4 4 0 0 1 8 0V12M2.5 12h11M6.8 14.2h2.4',
  damage: 'M8 2l5 2v4c0 3-2.2 5.2-5 6-2.8-.8-5-3-5-6V4l5-2zM8 5.4v3.2M8 10.6v.1',
  jobs: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 5v3.2l2.2 1.3',
  keys: 'M5.5 7a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM7.7 7.9L13.5 2M11 4.5l2 2',
  quotas: 'M2.5 12a6 6 0 1 1 11 0M8 10l2.8-3.6',
  audit: 'M4 2h8v12H4zM6.2 5h3.6M6.2 8h3.6M6.2 11h2',
  settings: 'M2 4.5h6M11 4.5h3M2 11.5h3M8 11.5h6M8 2.8v3.4M8 9.8v3.4M5.5 9.8v3.4M10.8 2.8v3.4',
  bills: 'M4 2h8v12l-2-1.4-2 1.4-2-1.4L4 14V2zM6.2 5.5h3.6M6.2 8.5h3.6',
  webhooks: 'M6 5.5a2 2 0 1 1 3.4 1.4L11.5 11M4 11a2 2 0 1 0 2.5 2H12M5 10l2-3.5',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  user: 'M8 2.5a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM2.8 13.8c.6-2.7 2.7-4 5.2-4s4.6 1.3 5.2 4',
  pin: 'M6 2.5h4l-.5 4 2 2.5h-7l2-2.5-.5-4zM8 9v4.5',
  play: 'M5 3l8 5-8 5z',
  stop: 'M4 4h8v8H4z',
  info: 'M8 2.2a5.8 5.8 0 1 1 0 11.6A5.8 5.8 0 0 1 8 2.2zM8 7.4v3.4M8 5.2v.1',
  download: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: the word beside it says the same. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.2 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
