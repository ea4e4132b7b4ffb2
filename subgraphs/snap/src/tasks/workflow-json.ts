import { encodeGoJson, type GoEncodable } from '@pentagraph/kit/go-json';
import type { ConfigValues } from '../metrics/metric.ts';
import type { ProcessNode, PublishNode, Workflow } from './task.ts';

/** The normal form of a workflow as compact JSON text: order of the keys, what is left out, every digit (dossier 3.6). */
export function workflowJsonOf({ metrics, config, tags, process, publish }: Workflow): string {
  const collect = {
    metrics: new Map(metrics.map(({ namespace, version }) => [namespace, { version }])),
    config: unlessEmpty(mapOf(config, mapOfValues)),
    tags: unlessEmpty(mapOf(tags, mapOfValues)),
    process: process.length > 0 ? process.map(processJson) : undefined,
    publish: publish.length > 0 ? publish.map(publishJson) : undefined,
  };
  return encodeGoJson({ collect }, { escapeHtml: false });
}

const processJson = ({ pluginName, pluginVersion, process, publish, config, target }: ProcessNode): GoEncodable => ({
  plugin_name: pluginName,
  plugin_version: pluginVersion,
  process: process.length > 0 ? process.map(processJson) : undefined,
  publish: publish.length > 0 ? publish.map(publishJson) : undefined,
  config: unlessEmpty(mapOfValues(config)),
  target,
});

const publishJson = ({ pluginName, pluginVersion, config, target }: PublishNode): GoEncodable => ({
  plugin_name: pluginName,
  plugin_version: pluginVersion,
  config: unlessEmpty(mapOfValues(config)),
  target,
});

const mapOf = <Value>(record: Readonly<Record<string, Value>>, encode: (value: Value) => GoEncodable) =>
  new Map(Object.entries(record).map(([key, value]) => [key, encode(value)]));

const mapOfValues = (values: ConfigValues) => mapOf(values, (value) => value);

const unlessEmpty = <Value>(map: ReadonlyMap<string, Value>) => (map.size > 0 ? map : undefined);
