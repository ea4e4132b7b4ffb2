/** A test that proves a documented endpoint. */
export type Proof =
  /** A recorded answer of the original that is replayed: `task-life 5` of test/golden/snap.jsonl. */
  | { readonly golden: string }
  /** A test by its file below rest-compat/ and its title. */
  | { readonly file: string; readonly title: string };

const golden = (id: string): Proof => ({ golden: id });

/** The tests that prove an endpoint, by the id that contract/endpoints.json gives it, per domain. */
export const proofs: Readonly<Record<string, Readonly<Record<string, readonly Proof[]>>>> = {
  snap: {
    'GET /v1/plugins': [golden('empty 1'), golden('plugins 1')],
    'GET /v1/plugins/{type}/{name}/{version}': [golden('plugins 8'), golden('plugins 10'), golden('empty 21')],
    'POST /v1/plugins': [
      golden('task-life 15'),
      { file: 'test/snap/plugin-upload.test.ts', title: 'a plugin file answers the documented load error' },
    ],
    'DELETE /v1/plugins/{type}/{name}/{version}': [golden('unload 1'), golden('task-life 9')],
    'GET /v1/plugins/{type}/{name}/{version}/config': [golden('config 4')],
    'PUT /v1/plugins/{type}/{name}/{version}/config': [golden('config 2'), golden('config 7')],
    'GET /v1/metrics': [golden('metrics 1'), golden('metrics 24')],
    'GET /v1/metrics/{namespace}': [golden('metrics 4'), golden('metrics 8')],
    'GET /v1/tasks': [golden('task-life 11')],
    'GET /v1/tasks/{id}': [golden('task-life 2'), golden('empty 32')],
    'GET /v1/tasks/{id}/watch': [golden('watch 4'), golden('watch 13'), golden('watch 22')],
    'POST /v1/tasks': [golden('task-life 1'), golden('task-errors 2')],
    'PUT /v1/tasks/{id}/start': [golden('task-life 5'), golden('watch 25')],
    'PUT /v1/tasks/{id}/stop': [golden('task-life 17'), golden('task-life 3')],
    'DELETE /v1/tasks/{id}': [golden('task-life 23'), golden('task-life 7')],
    'PUT /v1/tasks/{id}/enable': [golden('watch 27'), golden('watch 29')],
  },
};
