import { shellCommands } from '@model-gitops/host';

// A process of ours with a command of the user in it; the test sends it a signal.
const [folder = '', command = ''] = process.argv.slice(2);
const runner = shellCommands({ repositoryRoot: folder, environment: process.env });
await runner.run({ command, cwd: '', env: {}, onLine: (line) => console.log(line) });
console.log('not reached');
