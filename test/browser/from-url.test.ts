import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AdminServer } from 'vitrine/node'
import { startMovieAdmin } from '../support/movie-admin.ts'
import { openMovieWorld, type SignedInWorld } from '../support/movie-world.ts'
import { launchBrowser, openPage } from './open-page.ts'
import { sampleImage } from './sample-images.ts'

let world: SignedInWorld
let admin: AdminServer
let images: Server
let browser: Browser
let page: Page
let port: number

beforeAll(async () => {
  const { buffer } = await sampleImage('posters/nine-looms.jpg', 'nine-looms.jpg')
  images = createServer(
    (_request, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(buffer),
  )
  await new Promise<void>((listening) => images.listen(0, '127.0.0.1', listening))
  port = (images.address() as AddressInfo).port
  world = await openMovieWorld()
  const uploadFromUrl = { allowedNetworks: ['127.0.0.0/8'], allowedPorts: [port] }
  admin = await (await startMovieAdmin(world, { uploadFromUrl })).listen()
  browser = await launchBrowser()
  page = await openPage(browser)
  const [name = '', value = ''] = world.cookie.split(/=(.*)/)
  await page.context().addCookies([{ name, value, url: admin.url }])
})

afterAll(async () => {
  await browser?.close()
  await admin?.close()
  images?.close()
  await world?.close()
})

describe('a file by its address', () => {
  it('is refused in the dialog, which stays open, when it cannot be fetched', async () => {
    await page.goto(`${admin.url}/tables/movie/new`)
    await page.getByRole('group', { name: 'Poster' }).getByRole('button', { name: 'From an address' }).click()
    await page.getByLabel('Address of the file').fill(`http://10.0.0.1:${port}/a.jpg`)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('The file could not be fetched').waitFor()
  })

  it('comes into the field', async () => {
    await page.getByLabel('Address of the file').fill(`http://127.0.0.1:${port}/archive/looms.jpg`)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'View looms.jpg' }).waitFor()
    expect(page.url()).toBe(`${admin.url}/tables/movie/new`)
  })
})
