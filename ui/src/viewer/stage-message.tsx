import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import type { IconName } from '../components/icon.tsx'
import styles from './viewer-stage.module.css'

export interface StageMessageProps {
  icon: IconName
  title: string
  children: ReactNode
  action?: { label: string; onClick: () => void }
}

/** What stands on the stage when the file cannot. */
export function StageMessage({ icon, title, children, action }: StageMessageProps) {
  return (
    <div className={styles.message} role="alert">
      <Icon name={icon} size={40} />
      <h3>{title}</h3>
      <p>{children}</p>
      {action !== undefined && <Button onClick={action.onClick}>{action.label}</Button>}
    </div>
  )
}
