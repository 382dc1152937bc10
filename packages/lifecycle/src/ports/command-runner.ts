export interface CommandRequest {
  /** A shell command line, as the user wrote it. */
  readonly command: string;
  /** Absolute folder, or relative to the repository root. */
  readonly cwd: string;
  /** Added to the scrubbed environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Receives each line of output, stdout and stderr mixed in order of arrival. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly exitCode: number;
  /** The last 20 lines of output, for messages. */
  readonly lastLines: readonly string[];
  readonly seconds: number;
}

/**
 * Runs the user's own commands. They never see `INPUT_*`, `ACTIONS_*`, tokens (`GITHUB_TOKEN`, `GH_TOKEN`, `*_TOKEN` the
 * runner set) nor the runner's command files (`GITHUB_OUTPUT`, `GITHUB_ENV`, `GITHUB_PATH`, `GITHUB_STEP_SUMMARY`, `GITHUB_STATE`).
 * A command that fails is a result, not an exception.
 */
export interface CommandRunner {
  run(request: CommandRequest): Promise<CommandResult>;
}
