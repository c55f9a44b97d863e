import { EVENT_TYPES, type EventDefinition, type EventField } from '../../src/service/model/events/types.ts';

interface Schema {
  readonly [part: string]: unknown;
  readonly type?: unknown;
}

const KINDS: Readonly<Record<EventField['is'], Schema>> = {
  text: { type: 'string' },
  instant: { type: 'string', format: 'date-time' },
  number: { type: 'integer' },
  boolean: { type: 'boolean' },
};

/** Name of the file and its text, for each type of event. */
export function eventSchemas(): ReadonlyMap<string, string> {
  const types = Object.entries<EventDefinition>(EVENT_TYPES);
  return new Map(
    types.map(([type, event]) => [`${type}.json`, `${JSON.stringify(schemaOf(type, event), undefined, 2)}\n`]),
  );
}

/**
 * Of the whole body, as webhooks send it. What is not named may be there: it is of a later version.
 */
function schemaOf(type: string, { says, subject, data }: EventDefinition): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: type,
    description: says,
    ...object({
      id: { type: 'string', pattern: '^ev-[0-9a-z]{20}$' },
      type: { const: type },
      timestamp: KINDS.instant,
      accountId: KINDS.text,
      region: { type: ['string', 'null'] },
      subject: object({ kind: { const: subject }, id: KINDS.text }),
      data: object(
        Object.fromEntries(Object.entries(data).map(([name, field]) => [name, schemaOfField(field)])),
        Object.keys(data).filter((name) => data[name]?.mayBeMissing !== true),
      ),
    }),
  };
}

function object(properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema {
  return { type: 'object', required, properties };
}

function schemaOfField({ is, says, mayBeMissing }: EventField): Schema {
  const { type, ...kind } = KINDS[is];
  return { type: mayBeMissing ? [type, 'null'] : type, ...kind, description: says };
}
