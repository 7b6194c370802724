import { createContext, use, useCallback, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import styles from './toast.module.css'

export interface ToastMessage {
  message: string
  /** Defaults to `success`. An `error` stays until it is dismissed. */
  tone?: 'success' | 'error' | 'neutral'
  action?: { label: string; onClick: () => void }
}

interface ShownToast extends ToastMessage {
  id: number
}

export interface ToastControls {
  showToast: (toast: ToastMessage) => void
}

const ToastContext = createContext<ToastControls>({ showToast: () => {} })

/** Says at the lower edge of the page what has just happened. */
export function useToast(): ToastControls {
  return use(ToastContext)
}

const MAX_CONCURRENT = 3

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<ShownToast[]>([])
  const nextId = useRef(0)

  const dismiss = useCallback((id: number) => setToasts((shown) => shown.filter((toast) => toast.id !== id)), [])
  const controls = useMemo<ToastControls>(
    () => ({
      showToast: (toast) => {
        const id = nextId.current++
        setToasts((shown) => [...shown, { ...toast, id }].slice(-MAX_CONCURRENT))
      },
    }),
    [],
  )
  return (
    <ToastContext value={controls}>
      {children}
      {/* Always in the page, or screen readers would not notice the first message. */}
      <section className={styles.region} aria-label="Notifications" aria-live="polite" data-react-aria-top-layer="true">
        {toasts.map((toast) => (
          <Toast key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
        ))}
      </section>
    </ToastContext>
  )
}

function Toast({ toast, onDismiss }: { toast: ShownToast; onDismiss: () => void }) {
  const { message, tone = 'success', action } = toast
  return (
    <div
      className={classNames(styles.toast, styles[tone], tone !== 'error' && styles.passing)}
      onAnimationEnd={(event) => event.animationName.includes('leave') && onDismiss()}
    >
      {tone !== 'neutral' && <Icon name={tone === 'error' ? 'error' : 'success'} className={styles.icon} />}
      <p className={styles.message}>{message}</p>
      {action && (
        <Button
          size="s"
          variant="quiet"
          onClick={() => {
            action.onClick()
            onDismiss()
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label="Dismiss" size="s" onClick={onDismiss} />
    </div>
  )
}
