import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  type ValueNode,
} from 'graphql';
import type { Variables } from './transport.ts';

/** What `first: null`, that is everything, counts as. */
const WHOLE_LIST = 1000;
/** What a list without `first` counts as. */
const UNSIZED_LIST = 20;

const fragmentsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

/** How deep an operation goes, fragments expanded. */
interface Levels {
  /** Of fields. */
  readonly depth: number;
  /** Of selection sets, those of fragments too. */
  readonly nesting: number;
}

const NO_LEVELS: Levels = { depth: 0, nesting: 0 };

/** Measures how deep an operation goes; a fragment that contains itself is entered once. */
export function levelsOf(document: DocumentNode, operation: OperationDefinitionNode): Levels {
  const fragments = fragmentsOf(document);
  const known = new Map<string, Levels>();

  const levelsOfFragment = (name: string): Levels => {
    const levels = known.get(name);
    if (levels !== undefined) return levels;
    known.set(name, NO_LEVELS);
    const fragment = fragments.get(name);
    const measured = fragment ? measure(fragment.selectionSet) : NO_LEVELS;
    known.set(name, measured);
    return measured;
  };

  const levelsBelow = (selection: SelectionNode): Levels => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return levelsOfFragment(selection.name.value);
    return selection.selectionSet ? measure(selection.selectionSet) : NO_LEVELS;
  };

  const measure = ({ selections }: SelectionSetNode): Levels => {
    let depth = 0;
    let nesting = 0;
    for (const selection of selections) {
      const below = levelsBelow(selection);
      depth = Math.max(depth, below.depth + (selection.kind === Kind.FIELD ? 1 : 0));
      nesting = Math.max(nesting, below.nesting);
    }
    return { depth, nesting: nesting + 1 };
  };

  return measure(operation.selectionSet);
}

/**
 * Estimates how many fields an operation resolves. A field costs 1 plus what is selected in it, times the length of its list:
 * the value of `first` where the field has that argument (null: 1000), 20 for any other list. The list inside a sized
 * connection (`nodes`, `edges`) is the sized one and is not counted again.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = fragmentsOf(document);
  const values = { ...defaultsOf(operation), ...variables };
  /** Costs by fragment and whether it stands in a sized connection. */
  const known = new Map<string, number>();

  const costOfFragment = (name: string, sized: boolean): number => {
    const key = `${sized} ${name}`;
    const cost = known.get(key);
    if (cost !== undefined) return cost;
    known.set(key, 0);
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    const measured = fragment ? measure(fragment.selectionSet, type, sized) : 0;
    known.set(key, measured);
    return measured;
  };

  const costOfField = (node: FieldNode, parent: GraphQLNamedType | undefined, sized: boolean): number => {
    const field = fieldOf(schema, parent, node.name.value);
    if (!field || !node.selectionSet) return 1;
    const pageSize = pageSizeOf(field, node, values);
    const length = pageSize ?? (isListType(getNullableType(field.type)) && !sized ? UNSIZED_LIST : 1);
    return 1 + length * measure(node.selectionSet, getNamedType(field.type), pageSize !== undefined);
  };

  const measure = ({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined, sized: boolean): number => {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value, sized);
      else if (selection.kind === Kind.FIELD) cost += costOfField(selection, type, sized);
      else {
        const condition = selection.typeCondition?.name.value;
        cost += measure(selection.selectionSet, condition ? schema.getType(condition) : type, sized);
      }
    }
    return cost;
  };

  return measure(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, false);
}

type AnyField = Pick<GraphQLField<unknown, unknown>, 'type' | 'args'>;

function fieldOf(schema: GraphQLSchema, parent: GraphQLNamedType | undefined, name: string): AnyField | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  const known = parent && schema.getType(parent.name);
  return isObjectType(known) || isInterfaceType(known) ? known.getFields()[name] : undefined;
}

/** The page size a field is asked for; undefined when it has no pages. What is no size counts as everything. */
function pageSizeOf({ args }: AnyField, { arguments: given = [] }: FieldNode, values: Variables): number | undefined {
  const first = args.find(({ name }) => name === 'first');
  if (!first) return undefined;
  const asked = numberOf(given.find(({ name }) => name.value === 'first')?.value, values);
  const size = asked === undefined ? first.defaultValue : asked;
  return typeof size === 'number' && size >= 0 ? size : WHOLE_LIST;
}

/** The number a value stands for, null for everything that is none, undefined for what is not given. */
function numberOf(node: ValueNode | undefined, values: Variables): number | null | undefined {
  if (node === undefined) return undefined;
  if (node.kind === Kind.INT) return Number(node.value);
  if (node.kind !== Kind.VARIABLE || values[node.name.value] === null) return null;
  const value = values[node.name.value];
  return value === undefined ? undefined : Number(value);
}

/** Values that variables have when none is given; only numbers and null matter here. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, numberOf(defaultValue, {})]] : [],
    ),
  );
