import type { BuiltinDependencies, BuiltinPlugin } from './builtin-plugin.ts';
import { hostCollector } from './host/host-collector.ts';
import { type HostProbe, systemProbe } from './host/host-probe.ts';
import { mockCollector1, mockCollector2 } from './mock/mock-collector.ts';
import { mockStreamCollector } from './mock/mock-stream-collector.ts';
import { passthruProcessor } from './passthru-processor.ts';
import { consolePublisher } from './publishers/console-publisher.ts';
import { FileAppender } from './publishers/file-appender.ts';
import { filePublisher, mockFilePublisher } from './publishers/file-publisher.ts';

/** All plugins that are part of Pentagraph, in the order they are loaded at the first start. */
export function builtinPlugins(
  dependencies: BuiltinDependencies,
  probe: HostProbe = systemProbe,
): readonly BuiltinPlugin[] {
  const appender = new FileAppender();
  return [
    mockCollector1(dependencies),
    mockCollector2(dependencies),
    mockStreamCollector(dependencies),
    hostCollector(dependencies, probe),
    passthruProcessor(dependencies),
    mockFilePublisher(appender),
    filePublisher(appender),
    consolePublisher(dependencies),
  ];
}
