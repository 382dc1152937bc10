#!/usr/bin/env node
import { runCommandLine } from './bundle/index.js';

await runCommandLine(import.meta.url);
