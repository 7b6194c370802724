import { useEffect, useRef } from 'react'
import { useElementSize } from '../use-element-size.ts'
import type { Size } from '../use-element-size.ts'
import styles from './waveform.module.css'

/** The width of a bar and of the space after it, in pixels. */
const BAR_WIDTH = 2
const BAR_GAP = 1

/** An image of the loudness. It says nothing that the position slider over it does not say to a screen reader. */
export function Waveform({ peaks, done }: { peaks: readonly number[]; done: number }) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useElementSize(frame)
  useEffect(() => {
    if (canvas.current !== null && size.width > 0) draw(canvas.current, peaks, { size, done })
  }, [peaks, size, done])
  return (
    <div ref={frame} className={styles.frame} aria-hidden="true">
      <canvas ref={canvas} className={styles.canvas} />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, peaks: readonly number[], { size, done }: { size: Size; done: number }): void {
  canvas.width = size.width * devicePixelRatio
  canvas.height = size.height * devicePixelRatio
  const context = canvas.getContext('2d')
  if (context === null) return
  const style = getComputedStyle(canvas)
  context.scale(devicePixelRatio, devicePixelRatio)
  const barCount = Math.floor(size.width / (BAR_WIDTH + BAR_GAP))
  for (let bar = 0; bar < barCount; bar += 1) {
    const peak = peaks[Math.floor((bar / barCount) * peaks.length)] ?? 0
    const height = Math.max(2, peak * (size.height - 8))
    context.fillStyle = style.getPropertyValue(bar / barCount < done ? 'accent-color' : 'color')
    context.fillRect(bar * (BAR_WIDTH + BAR_GAP), (size.height - height) / 2, BAR_WIDTH, height)
  }
}
