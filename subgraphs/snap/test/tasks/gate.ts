/** Holds back whoever waits for it, until a test opens it. */
export interface Gate<Value> {
  readonly opened: Promise<Value>;
  open(value: Value): void;
  fail(reason: Error): void;
}

export function gate<Value = void>(): Gate<Value> {
  let open: Gate<Value>['open'] = () => {};
  let fail: Gate<Value>['fail'] = () => {};
  const opened = new Promise<Value>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { opened, open, fail };
}
