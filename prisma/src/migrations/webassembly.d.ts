declare global {
  /** The part that the schema engine needs: Node.js has it, but its types leave it to the DOM library. */
  namespace WebAssembly {
    type Exports = Readonly<Record<string, unknown>>;
    function instantiate(
      bytes: Uint8Array,
      imports: object,
    ): Promise<{ readonly instance: { readonly exports: Exports } }>;
  }
}

export {};
