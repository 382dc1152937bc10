export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** What a process is started with. */
export interface Start {
  /** Without node and script. */
  readonly argv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly streams: Streams;
  /** Where engines and package.json are looked for: the address of the file that was started. */
  readonly from: string;
}
