/** A picture: commands in a terminal that is so wide. */
export interface Scene {
  /** Of its file, without the ending. */
  readonly name: string;
  readonly columns: number;
  readonly lines: readonly string[];
  /** What is typed where a command asks. */
  readonly answer?: string;
}

export const ROWS = 24;

/** What has happened when the pictures are taken, hours before. `IMAGE:9:2` is a file of 9
 * blocks, of which the last ones are those of variant 2. */
export const BEFORE: readonly string[] = [
  'service open --accept-terms --quiet',
  'disk import IMAGE:6 --name web-root --tag team=web',
  'snapshot create web-root --name before-upgrade',
  'disk sync web-root IMAGE:9:2',
  'snapshot create web-root --name after-upgrade',
  'disk import IMAGE:12 --name orders --tag team=shop',
  'snapshot create orders --name orders-monday --retention 30',
  'disk sync orders IMAGE:14:2',
  'snapshot create orders --name orders-tuesday --retention 30',
  'disk import IMAGE:4 --name 照片备份',
  'snapshot create 照片备份 --name 照片-第一周',
  'disk create orders-lab --snapshot orders-monday',
  'instance create web-1 --system-size 20G --data-disk web-logs:50G',
  'instance attach web-1 web-root',
  'policy create nightly --hours 2 --retention 7 --time-zone Europe/Berlin',
  'policy apply nightly web-root',
];

export const SCENES: readonly Scene[] = [
  { name: 'status-80', columns: 80, lines: ['varve status'] },
  { name: 'disk-list-80', columns: 80, lines: ['varve disk list'] },
  { name: 'disk-list-200', columns: 200, lines: ['varve disk list'] },
  { name: 'snapshot-list-80', columns: 80, lines: ['varve snapshot list'] },
  { name: 'snapshot-list-200', columns: 200, lines: ['varve snapshot list'] },
  {
    name: 'chain-show-80',
    columns: 80,
    lines: ['varve chain show web-root', 'varve snapshot diff before-upgrade after-upgrade'],
  },
  { name: 'chain-show-200', columns: 200, lines: ['varve chain show web-root'] },
  { name: 'error-80', columns: 80, lines: ['varve snapshot rollback before-upgrad', 'varve snapshot lst'] },
  { name: 'help-80', columns: 80, lines: ['varve snapshot pin --help'] },
  {
    name: 'delete-80',
    columns: 80,
    lines: ['varve snapshot delete before-upgrade --preview', 'varve snapshot delete before-upgrade'],
    answer: 'y',
  },
];
