import { useEffect, useEffectEvent, useRef } from 'react'
import type { PointerEvent, RefObject } from 'react'
import { canPan, FITTED, panBy, getScale, zoomTo } from './image-view.ts'
import type { ImageView, Point, Stage } from './image-view.ts'

/** How much one pixel of the wheel zooms; a pinch on a trackpad arrives as a wheel with small steps. */
const WHEEL_ZOOM = 0.0016
const PINCH_WHEEL_ZOOM = 0.012

export interface ImageGestures {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void
  onPointerMove: (event: PointerEvent<HTMLElement>) => void
  onPointerUp: (event: PointerEvent<HTMLElement>) => void
  onPointerCancel: (event: PointerEvent<HTMLElement>) => void
  onDoubleClick: (event: { clientX: number; clientY: number }) => void
}

interface Gestured {
  /** What hears the pointer. */
  area: RefObject<HTMLElement | null>
  /** The part of it that images are fitted into. */
  stage: RefObject<HTMLElement | null>
  view: ImageView
  sizes: Stage
  onChange: (view: ImageView) => void
}

/** Wheel and pinch zoom to where the pointer is, dragging pans, and a double click goes between fit and 100 %. */
export function useImageGestures({ area, stage, view, sizes, onChange }: Gestured): ImageGestures {
  const pointers = useRef(new Map<number, Point>())
  useWheelZoom({ area, stage, view, sizes, onChange })

  const forget = (event: PointerEvent<HTMLElement>) => {
    pointers.current.delete(event.pointerId)
  }
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      const isPinch = pointers.current.size > 1
      // Without capture the swipe between files, which the stage listens for, ends where it began.
      if (isPinch || canPan(view, sizes)) event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event) => {
      const before = pointers.current.get(event.pointerId)
      if (before === undefined) return
      const now = { x: event.clientX, y: event.clientY }
      const other = otherPointer(pointers.current, event.pointerId)
      pointers.current.set(event.pointerId, now)
      if (other === null) onChange(panBy(view, { x: now.x - before.x, y: now.y - before.y }, sizes))
      else onChange(pinched({ area, stage, view, sizes, onChange }, { other, before, now }))
    },
    onPointerUp: forget,
    onPointerCancel: forget,
    onDoubleClick: (event) => {
      const isFitted = view.scale === null
      const target = getScale(view, sizes) < 1 ? 1 : 2
      onChange(
        isFitted
          ? zoomTo(view, target, { at: pointOnStage(stage, event), sizes })
          : { ...FITTED, rotation: view.rotation },
      )
    },
  }
}

function useWheelZoom({ area, stage, view, sizes, onChange }: Gestured): void {
  const zoomByWheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    const growth = Math.exp(-event.deltaY * (event.ctrlKey ? PINCH_WHEEL_ZOOM : WHEEL_ZOOM))
    onChange(zoomTo(view, getScale(view, sizes) * growth, { at: pointOnStage(stage, event), sizes }))
  })
  useEffect(() => {
    const target = area.current
    // React listens passively to wheels, and a passive listener cannot keep the page from zooming.
    target?.addEventListener('wheel', zoomByWheel, { passive: false })
    return () => target?.removeEventListener('wheel', zoomByWheel)
  }, [area])
}

interface Pinch {
  other: Point
  before: Point
  now: Point
}

function pinched({ stage, view, sizes }: Gestured, { other, before, now }: Pinch): ImageView {
  const growth = distance(other, now) / Math.max(1, distance(other, before))
  const middle = pointOnStage(stage, { clientX: (other.x + now.x) / 2, clientY: (other.y + now.y) / 2 })
  const zoomed = zoomTo(view, getScale(view, sizes) * growth, { at: middle, sizes })
  return panBy(zoomed, { x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 }, sizes)
}

function otherPointer(pointers: Map<number, Point>, id: number): Point | null {
  for (const [otherId, point] of pointers) if (otherId !== id) return point
  return null
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

/** Where something happened, measured from the middle of the stage. */
function pointOnStage(
  stage: RefObject<HTMLElement | null>,
  { clientX, clientY }: { clientX: number; clientY: number },
): Point {
  const box = stage.current?.getBoundingClientRect()
  if (box === undefined) return { x: 0, y: 0 }
  return { x: clientX - box.x - box.width / 2, y: clientY - box.y - box.height / 2 }
}
