import type { ReactElement, ReactNode, RefObject } from 'react'
import { Header } from 'react-aria-components/Header'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
} from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Pressable } from 'react-aria-components/Pressable'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'
import styles from './menu.module.css'

export interface MenuProps {
  /** The button that opens it, for example an `IconButton`. */
  trigger: ReactElement<React.HTMLAttributes<HTMLElement>, string>
  /** The menu's name for screen readers. */
  label: string
  /** `MenuItem`s. */
  children: ReactNode
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
}

/** A menu of actions under a button. */
export function Menu({ trigger, label, children, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      <Pressable>{trigger}</Pressable>
      <Popover className={styles.popover ?? ''} placement={placement} offset={4}>
        <AriaMenu className={styles.menu ?? ''} aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

export interface MenuPanelProps extends Omit<MenuProps, 'trigger'> {
  triggerRef: RefObject<HTMLElement | null>
  onClose: () => void
}

/** The floating part alone, for a button that loads its menu only when it is needed. */
export function MenuPanel({ triggerRef, onClose, label, children, placement = 'bottom end' }: MenuPanelProps) {
  return (
    <Popover
      isOpen
      aria-label={label}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      triggerRef={triggerRef}
      className={styles.popover ?? ''}
      placement={placement}
      offset={4}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a menu that opens takes the focus (ARIA menu button pattern) */}
      <AriaMenu className={styles.menu ?? ''} aria-label={label} autoFocus="first" onClose={onClose}>
        {children}
      </AriaMenu>
    </Popover>
  )
}

export interface MenuItemProps {
  icon?: IconName
  label: string
  onAction?: () => void
  tone?: 'danger'
  isDisabled?: boolean
  /** Shows a tick at the end. For choices such as the theme. */
  isChosen?: boolean
}

export function MenuItem({ icon, label, onAction, tone, isDisabled = false, isChosen = false }: MenuItemProps) {
  return (
    <AriaMenuItem
      className={classNames(styles.item, tone && styles[tone])}
      textValue={label}
      isDisabled={isDisabled}
      {...(onAction && { onAction })}
    >
      {icon && <Icon name={icon} />}
      <span className={styles.label}>{label}</span>
      {isChosen && (
        <>
          <Icon name="check" />
          <span className="visually-hidden">(chosen)</span>
        </>
      )}
    </AriaMenuItem>
  )
}

/** Items that belong together, under a heading. */
export function MenuSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AriaMenuSection className={styles.section ?? ''}>
      <Header className={styles.heading ?? ''}>{title}</Header>
      {children}
    </AriaMenuSection>
  )
}
