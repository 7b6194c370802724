import { expect } from 'vitest'

/** Somebody who is signed in to an admin at a URL. */
export interface SignedInClient {
  /** Uploads a file, and returns its key. */
  upload(path: string, body: Uint8Array): Promise<string>
  /** Saves a new row, and returns it. */
  create(path: string, row: object): Promise<unknown>
  bytes(path: string): Promise<Uint8Array>
}

/** How requests reach the admin: besides `fetch`, through what stands in front of it. */
export type Send = (path: string, init: RequestInit) => Promise<Response>

/** Signs in at a URL as its page does. */
export function signIn(url: string, account: { email: string; password: string }): Promise<SignedInClient> {
  const { origin } = new URL(url)
  return signInBy((path, init) => fetch(`${url}${path}`, init), { account, origin })
}

/** Signs in by way of `send`, as a page of the origin does. */
export async function signInBy(
  send: Send,
  { account, origin }: { account: { email: string; password: string }; origin: string },
): Promise<SignedInClient> {
  const headers = { origin, 'content-type': 'application/json' }
  const signedIn = await send('/api/auth/sign-in/email', { method: 'POST', headers, body: JSON.stringify(account) })
  expect([signedIn.status, await signedIn.clone().text()]).toEqual([200, expect.any(String)])
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return {
    async upload(path, body) {
      const response = await send(path, { method: 'POST', headers: { origin, cookie }, body: body.slice() })
      const text = await response.text()
      expect([response.status, text]).toEqual([201, expect.any(String)])
      return JSON.parse(text).files[0].fileKey
    },
    async create(path, row) {
      const response = await send(path, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(row) })
      const text = await response.text()
      expect([response.status, text]).toEqual([201, expect.any(String)])
      return JSON.parse(text)
    },
    async bytes(path) {
      const response = await send(path, { headers: { cookie } })
      expect(response.status).toBe(200)
      return new Uint8Array(await response.arrayBuffer())
    },
  }
}
