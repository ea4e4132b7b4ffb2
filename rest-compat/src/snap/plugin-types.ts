import type { SnapPluginType } from '../generated/snap-operations.ts';

/** Plugin types as the URLs write them; the index is their number (dossier 4.5). */
const pluginTypes = [
  ['collector', 'COLLECTOR'],
  ['processor', 'PROCESSOR'],
  ['publisher', 'PUBLISHER'],
  ['streaming-collector', 'STREAMING_COLLECTOR'],
] as const satisfies readonly (readonly [string, SnapPluginType])[];

const byName: ReadonlyMap<string, SnapPluginType> = new Map(pluginTypes);
const byEnum: ReadonlyMap<SnapPluginType, string> = new Map(pluginTypes.map(([name, type]) => [type, name]));

/** The type a URL names; undefined when there is none of that name. */
export const pluginTypeNamed = (name: string): SnapPluginType | undefined => byName.get(name);

/** The type with a number; undefined when there is none. */
export const pluginTypeNumbered = (number: bigint): SnapPluginType | undefined => pluginTypes[Number(number)]?.[1];

export const pluginTypeName = (type: SnapPluginType): string => byEnum.get(type) ?? type;
