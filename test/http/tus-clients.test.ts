import { expect, it } from 'vitest'
import { sendThroughDrops } from '../support/resumed-upload.ts'
import { sendByTusJsClient } from '../support/tus-clients.ts'

const MEBIBYTE = 1024 * 1024

it('tus-js-client sends a file through 5 cut connections and a restart, byte for byte', async () => {
  const { drops, restarts, seconds, isEqual } = await sendThroughDrops(64 * MEBIBYTE, sendByTusJsClient)
  expect({ drops, restarts, isEqual }).toEqual({ drops: 5, restarts: 1, isEqual: true })
  process.stdout.write(
    `tus-js-client: 64 MiB, ${drops} cut connections, ${restarts} restart, ${seconds.toFixed(1)} s\n`,
  )
}, 90_000)
