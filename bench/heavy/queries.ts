/** A call of the API with one credential. */
export type Call = (
  query: string,
  variables?: object,
) => Promise<{ readonly data?: Json; readonly errors?: readonly Json[] }>;

export type Json = Record<string, never>;

export interface Query {
  readonly name: string;
  /** Of another text each time, as texts that are known are not validated again. */
  readonly text: () => string;
}

const DISK = `id region name kind category sizeBytes status chargeType expiresAt encrypted encryption { keyId }
  deleteAutoSnapshots deleteWithInstance policy { id name } origin { kind snapshotId imageId } instances { id name }
  tags { key value } createdAt version root sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes }
  chain { id snapshotCount } lease { holder }`;
const times = (count: number, part: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');

/** Of each kind the largest that is not refused. */
export async function costliest(viewer: Call, disk: string): Promise<Query[]> {
  const kinds: Readonly<Record<string, (n: number) => string>> = {
    'disks with all that they have': (n) => `{ disks(first: ${n * 10}) { nodes { ${DISK} } } }`,
    'disks and chains, again and again': (n) =>
      `{ disks(first: ${n * 10}) { nodes { ${times(8, (at) => `a${at}: chain { disk { id name } }`)} } } }`,
    'filters that match nothing': (n) =>
      `{ ${times(Math.min(20, n), (at) => `a${at}: disks(first: 1000, filter: { nameContains: "zz${at}" }) { nodes { id } }`)} }`,
    'URLs of blocks': (n) =>
      `{ blockMap(input: { source: "${disk}", limit: ${Math.min(1024, n * 11)} }) { blocks { ${times(4, (at) => `a${at}: url`)} } } }`,
    'validation alone': (n) => `{ disks(first: 1) { nodes { ${times(n * 5, () => 'chain { id }')} } } }`,
    'the schema': (n) =>
      `{ ${times(Math.min(20, n), (at) => `a${at}: __schema { types { name fields { name type { name } } } }`)} }`,
  };
  const found: Query[] = [];
  for (const [name, of] of Object.entries(kinds)) {
    for (let n = 57; n > 0; n = Math.floor(n * 0.8)) {
      const { errors } = await viewer(of(n));
      if (errors !== undefined) continue;
      let asked = 0;
      found.push({ name: `${name} (${n})`, text: () => `${of(n)} # ${asked++}` });
      break;
    }
  }
  return found;
}
