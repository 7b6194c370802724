import { type AdminAuth, AuthError } from 'vitrine/auth'
import { isLoopback, type Settings } from './settings.ts'

export const DEMO_EMAIL = 'admin@example.com'
const DEMO_PASSWORD = 'vitrine-demo'

/**
 * Makes the demo account, or gives it the password of the settings.
 *
 * @returns what to sign in with, for people to read
 * @throws {Error} when others could reach the demo and sign in with the password that stands in its documentation
 */
export async function prepareAccount(auth: AdminAuth, { host, password }: Settings): Promise<string> {
  if ((await auth.findUser(DEMO_EMAIL)) === null) {
    await auth.createUser({ email: DEMO_EMAIL, name: 'Demo', password: password ?? DEMO_PASSWORD })
  } else if (password !== null && !(await canSignIn(auth, password))) {
    await auth.setPassword(DEMO_EMAIL, password)
  }
  const isPublicPassword = await canSignIn(auth, DEMO_PASSWORD)
  if (isPublicPassword && !isLoopback(host)) {
    throw new Error(
      `others can reach ${host}, and everybody knows the demo password: set ADMIN_PASSWORD to another one.`,
    )
  }
  return isPublicPassword ? DEMO_PASSWORD : 'the one that was set'
}

async function canSignIn(auth: AdminAuth, password: string): Promise<boolean> {
  try {
    await auth.handle(
      new Request('http://localhost/api/auth/sign-in/email', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: DEMO_EMAIL, password }),
      }),
    )
    return true
  } catch (error) {
    if (error instanceof AuthError && error.code === 'UNAUTHENTICATED') return false
    throw error
  }
}
