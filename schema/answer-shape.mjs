import { getNullableType, isEnumType, isListType, isNonNullType, isObjectType, Kind } from 'graphql';

/**
 * The shape of what a definition answers, as the text of an expression. Each fragment has a shape
 * of its own, which is spread by name.
 */
export function shapeOf(schema, node) {
  const isFragment = node.kind === Kind.FRAGMENT_DEFINITION;
  const type = isFragment ? schema.getType(node.typeCondition.name.value) : schema.getRootType(node.operation);
  // A mutation that is refused is null; the client throws then, and does not look at the shape.
  return fieldsOf(schema, type, node.selectionSet, { isMutation: node.operation === 'mutation' });
}

function fieldsOf(schema, type, { selections }, { isMutation = false, isAbsent = false } = {}) {
  const fields = selections.flatMap((selection) => {
    const isLeftOut = isAbsent || selection.directives.length > 0;
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [spread(type, selection, isLeftOut)];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const own = schema.getType(selection.typeCondition.name.value);
      const inner = fieldsOf(schema, own, selection.selectionSet, { isAbsent: isLeftOut || own !== type });
      return [`...${inner}`];
    }
    const name = (selection.alias ?? selection.name).value;
    const { type: of } = type.getFields()[selection.name.value];
    const shape = shapeOfType(schema, isMutation ? getNullableType(of) : of, selection, isMutation);
    return [`${name}: ${isLeftOut ? `['absent', ${shape}]` : shape}`];
  });
  return `{ ${fields.join(', ')} }`;
}

function spread(type, { name }, isLeftOut) {
  // Its shape says nothing of a place where its fields may be absent.
  const fragment = name.value;
  if (isLeftOut || !isObjectType(type)) throw new Error(`${fragment} may not apply where it is spread`);
  return `...${fragment}Shape`;
}

function shapeOfType(schema, type, selection, isPresent = false) {
  if (!isNonNullType(type) && !isPresent) return `['nullable', ${shapeOfType(schema, type, selection, true)}]`;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `['list', ${shapeOfType(schema, nullable.ofType, selection)}]`;
  if (selection.selectionSet !== undefined) return fieldsOf(schema, nullable, selection.selectionSet);
  return `'${leafOf(nullable)}'`;
}

const LEAVES = { Int: 'number', SafeInt: 'number', Float: 'number', Boolean: 'boolean' };

function leafOf(type) {
  return isEnumType(type) ? 'string' : (LEAVES[type.name] ?? 'string');
}
