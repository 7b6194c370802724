#!/usr/bin/env node
import { runCli } from './cli/run-cli.ts'

// A database that the configuration opened would keep the process alive: the work is done, so it ends.
process.exit(await runCli(process.argv.slice(2)))
