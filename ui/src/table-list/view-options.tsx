import type { ColumnSchema, TableSchema } from '../../../src/contract/tables.ts'
import { Button } from '../components/button.tsx'
import { classNames } from '../components/class-names.ts'
import { Icon } from '../components/icon.tsx'
import type { IconName } from '../components/icon.tsx'
import { Popover } from '../components/popover.tsx'
import { PHONE_QUERY, useMediaQuery } from '../components/use-media-query.ts'
import { ExportAll } from './export-all.tsx'
import type { ChangeListState, ListState } from './list-state.ts'
import { SortChoice } from './sort-choice.tsx'
import type { ListLayout } from './use-list-layout.ts'
import type { VisibleColumns } from './visible-columns.ts'
import styles from './view-options.module.css'

export interface ViewOptionsProps {
  schema: TableSchema
  state: ListState
  changeState: ChangeListState
  columns: VisibleColumns
  layout: ListLayout
}

/** How the list looks: layout, density, columns; and the list as a file. */
export function ViewOptions({ schema, state, changeState, columns, layout }: ViewOptionsProps) {
  return (
    <Popover
      label="View"
      placement="bottom end"
      renderTrigger={(props) => (
        <Button {...props} icon="columns" className={styles.trigger} aria-label="View options">
          <span className={styles.word}>View</span>
        </Button>
      )}
    >
      {() => (
        <div className={styles.options}>
          <LayoutChoice layout={layout} />
          <SortChoice schema={schema} state={state} changeState={changeState} />
          <ColumnChooser columns={columns} schema={schema} />
          <ExportAll schema={schema} state={state} />
        </div>
      )}
    </Popover>
  )
}

function LayoutChoice({ layout }: { layout: ListLayout }) {
  const isGallery = layout.value === 'gallery'
  const isPhone = useMediaQuery(PHONE_QUERY)
  // Phones show cards instead of a table, and those have one density.
  if (isPhone && !layout.hasGallery) return null
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>Layout</legend>
      <div className={styles.choices}>
        <Choice
          name={isPhone ? 'List' : 'Comfortable'}
          icon="density"
          isChosen={!isGallery && (isPhone || !layout.isCompact)}
          onChoose={() => {
            layout.setValue('table')
            if (!isPhone) layout.setIsCompact(false)
          }}
        />
        {!isPhone && (
          <Choice
            name="Compact"
            icon="menu"
            isChosen={!isGallery && layout.isCompact}
            onChoose={() => {
              layout.setValue('table')
              layout.setIsCompact(true)
            }}
          />
        )}
        {layout.hasGallery && (
          <Choice name="Gallery" icon="images" isChosen={isGallery} onChoose={() => layout.setValue('gallery')} />
        )}
      </div>
    </fieldset>
  )
}

interface ChoiceProps {
  name: string
  icon: IconName
  isChosen: boolean
  onChoose: () => void
}

function Choice({ name, icon, isChosen, onChoose }: ChoiceProps) {
  return (
    <label className={classNames(styles.choice, isChosen && styles.chosen)}>
      <input type="radio" name="layout" className="visually-hidden" checked={isChosen} onChange={onChoose} />
      <Icon name={icon} />
      {name}
    </label>
  )
}

function ColumnChooser({ columns, schema }: { columns: VisibleColumns; schema: TableSchema }) {
  const isFixed = (column: ColumnSchema) => column.name === schema.labelColumn
  return (
    <fieldset className={styles.section}>
      <legend className={styles.legend}>Columns</legend>
      <div className={styles.columns}>
        {columns.all.map((column) => (
          <label key={column.name} className={styles.column}>
            <input
              type="checkbox"
              className={styles.checkbox}
              checked={columns.shown.includes(column)}
              disabled={isFixed(column)}
              onChange={(event) => columns.setShown(column, event.target.checked)}
            />
            {column.label}
          </label>
        ))}
      </div>
      <Button size="s" variant="quiet" icon="undo" className={styles.reset} onClick={columns.reset}>
        Show the usual columns
      </Button>
    </fieldset>
  )
}
