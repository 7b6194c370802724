/**
 * Sends 1 GiB by tus-js-client as it is published, through five cut connections and a restart of the server, and compares.
 *
 * npx tsx bench/resume-upload.ts [mebibytes]
 */
import { sendThroughDrops } from '../test/support/resumed-upload.ts'
import { sendByTusJsClient } from '../test/support/tus-clients.ts'

const mebibytes = Number(process.argv[2] ?? 1024)

const { drops, restarts, seconds, isEqual } = await sendThroughDrops(mebibytes * 1024 * 1024, sendByTusJsClient)
const speed = (mebibytes / seconds).toFixed(0)
console.log(
  `tus-js-client: ${mebibytes} MiB, ${drops} cut connections, ${restarts} restart, ${seconds.toFixed(1)} s, ${speed} MiB/s, ${isEqual ? 'equal' : 'NOT EQUAL'}`,
)
