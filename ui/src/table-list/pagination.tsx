import { IconButton } from '../components/icon-button.tsx'
import { Select } from '../components/select.tsx'
import { formatCount } from './format-value.ts'
import { PAGE_SIZES } from './list-state.ts'
import type { ChangeListState, ListState } from './list-state.ts'
import styles from './pagination.module.css'

export interface PaginationProps {
  state: ListState
  changeState: ChangeListState
  total: number
}

/** Which rows of how many are shown, and the way to the others. */
export function Pagination({ state, changeState, total }: PaginationProps) {
  const { page, pageSize } = state
  const lastPage = Math.max(1, Math.ceil(total / pageSize))
  const first = Math.min((page - 1) * pageSize + 1, total)
  const last = Math.min(page * pageSize, total)
  return (
    <nav className={styles.pagination} aria-label="Pages">
      <p className={styles.range}>
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </p>
      <Select
        label="Rows on a page"
        isLabelHidden
        className={styles.size ?? ''}
        options={pageSizeOptions}
        value={String(pageSize)}
        onChange={(value) => changeState({ pageSize: Number(value) })}
      />
      <IconButton
        icon="chevron-left"
        label="Previous page"
        disabled={page <= 1}
        onClick={() => changeState({ page: Math.min(page - 1, lastPage) })}
      />
      <p className={styles.page}>
        <span className={styles.word}>Page </span>
        {formatCount(page)} of {formatCount(lastPage)}
      </p>
      <IconButton
        icon="chevron-right"
        label="Next page"
        disabled={page >= lastPage}
        onClick={() => changeState({ page: page + 1 })}
      />
    </nav>
  )
}

const pageSizeOptions = PAGE_SIZES.map((size) => ({ value: String(size), label: `${String(size)} rows` }))
