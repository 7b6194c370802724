/** Wrong passwords a minute. */
export const DEFAULT_FAILURES_PER_IP_ADDRESS = 20
/** Wrong passwords in a quarter of an hour. */
export const DEFAULT_FAILURES_PER_ACCOUNT = 10

/** How many wrong passwords are borne before `TOO_MANY_REQUESTS`. Right ones do not count. */
export interface SignInLimits {
  /** Wrong passwords a minute from one IP address, for all accounts together. Defaults to 20. */
  failuresPerIpAddress?: number
  /**
   * Wrong passwords in a quarter of an hour for one account: from each address that has signed in to it in the last 30
   * days, and from all other addresses together. Defaults to 10.
   */
  failuresPerAccount?: number
}
