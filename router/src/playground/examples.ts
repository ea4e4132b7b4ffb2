/** An operation the playground opens with. */
export interface Example {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const schedule = { type: 'WINDOWED', interval: '1s' } as const;

/** One tab each, from looking around to watching something live; all of them work on a fresh system. */
export const examples: readonly Example[] = [
  {
    query: `# Welcome to Pentagraph. Ctrl-Enter runs this tab.
# It lists what can collect, process and publish.
query Plugins {
  snapPlugins {
    totalCount
    nodes {
      type
      name
      version
      source
      loadedTime
    }
  }
}
`,
  },
  {
    query: `# What can be measured, and which plugin measures it.
query Catalog($namespace: String) {
  snapMetrics(namespace: $namespace, first: 20) {
    totalCount
    nodes {
      namespace
      version
      unit
      description
      plugin {
        name
        version
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: { namespace: '/intel' },
  },
  {
    query: `# Creates and starts a task that collects every second.
# The next tab watches it: take the id of the answer along.
mutation CreateMockTask($input: CreateSnapTaskInput!) {
  createSnapTask(input: $input) {
    id
    name
    state
    createdTime
  }
}
`,
    variables: {
      input: {
        name: 'mock-every-second',
        schedule,
        start: true,
        workflow: {
          metrics: [{ namespace: '/intel/mock/foo' }, { namespace: '/intel/mock/bar' }],
          config: [{ prefix: '/intel/mock', values: { name: 'root', password: 'secret' } }],
          process: [{ pluginName: 'passthru' }],
        },
      },
    },
  },
  {
    query: `# What happens to a task, as it happens. Put its id into
# the variables below.
subscription Watch($id: ID!) {
  snapTaskWatch(id: $id) {
    __typename
    time
    message
    task {
      state
      hitCount
    }
    ... on SnapMetricsCollected {
      metrics {
        namespace
        data
        unit
        tags
      }
    }
  }
}
`,
    variables: { id: 'the id of a running task' },
  },
  {
    query: `# Tasks, and how they do. Each can be watched.
query Tasks {
  snapTasks(orderBy: CREATED_DESC) {
    totalCount
    nodes {
      id
      name
      state
      hitCount
      missCount
      failedCount
      lastRunTime
      lastFailureMessage
    }
  }
}
`,
  },
  {
    query: `# Measures this machine every second. Watch it like the
# other task.
mutation MeasureThisHost($input: CreateSnapTaskInput!) {
  createSnapTask(input: $input) {
    id
    name
    state
  }
}
`,
    variables: {
      input: {
        name: 'this-host',
        schedule,
        start: true,
        workflow: { metrics: [{ namespace: '/pentagraph/host/*' }] },
      },
    },
  },
];
