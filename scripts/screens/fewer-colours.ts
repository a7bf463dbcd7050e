import { type PalettePicture, type Picture, readPng, writePng } from './png.ts'

const MOST_COLOURS = 256
/** The commonest colours, which are whole areas, stay exactly as they are. */
const EXACT = 96

/** A screenshot in at most 256 colours: a third of the size, and nobody sees it. */
export const shrink = (png: Buffer): Buffer => writePng(withPalette(readPng(png)))

/** Chooses the colours by the cut of the widest box (median cut) and gives every pixel the nearest. */
export function withPalette({ width, height, rgb }: Picture): PalettePicture {
  const counts = new Map<number, number>()
  for (let at = 0; at < rgb.length; at += 3) {
    const colour = colourAt(rgb, at)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const byCount = [...counts].sort(([one, a], [other, b]) => b - a || one - other)
  const palette =
    byCount.length <= MOST_COLOURS
      ? byCount.map(([colour]) => colour)
      : [...new Set([...byCount.slice(0, EXACT).map(([colour]) => colour), ...cut(byCount.slice(EXACT), MOST_COLOURS - EXACT)])]
  const numbers = new Map<number, number>()
  const pixels = new Uint8Array(width * height)
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const colour = colourAt(rgb, pixel * 3)
    let number = numbers.get(colour)
    if (number === undefined) {
      number = nearest(palette, colour)
      numbers.set(colour, number)
    }
    pixels[pixel] = number
  }
  return { width, height, palette, pixels }
}

const colourAt = (rgb: Uint8Array, at: number): number => ((rgb[at] ?? 0) << 16) | ((rgb[at + 1] ?? 0) << 8) | (rgb[at + 2] ?? 0)

type Counted = readonly [colour: number, count: number]

const channels: readonly number[] = [16, 8, 0]
const part = (colour: number, shift: number): number => (colour >> shift) & 0xff

function widest(box: readonly Counted[]): { readonly shift: number; readonly width: number } {
  return channels
    .map((shift) => {
      const values = box.map(([colour]) => part(colour, shift))
      return {
        shift,
        width: values.reduce((most, value) => Math.max(most, value), 0) - values.reduce((least, value) => Math.min(least, value), 255),
      }
    })
    .reduce((one, other) => (other.width > one.width ? other : one))
}

function cut(colours: readonly Counted[], count: number): number[] {
  const boxes: (readonly Counted[])[] = [colours]
  while (boxes.length < count) {
    const sizes = boxes.map((box) => (box.length < 2 ? 0 : widest(box).width * Math.log(box.length + 1)))
    const at = sizes.indexOf(Math.max(...sizes))
    const box = boxes[at]
    if (!box || sizes[at] === 0) break
    const { shift } = widest(box)
    const sorted = [...box].sort(([one], [other]) => part(one, shift) - part(other, shift))
    boxes.splice(at, 1, sorted.slice(0, sorted.length >> 1), sorted.slice(sorted.length >> 1))
  }
  return boxes.map(average)
}

function average(box: readonly Counted[]): number {
  const total = box.reduce((sum, [, count]) => sum + count, 0)
  const mean = (shift: number) => Math.round(box.reduce((sum, [colour, count]) => sum + part(colour, shift) * count, 0) / total)
  return (mean(16) << 16) | (mean(8) << 8) | mean(0)
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [number, candidate] of palette.entries()) {
    const distance = channels.reduce((sum, shift) => sum + (part(candidate, shift) - part(colour, shift)) ** 2, 0)
    if (distance >= least) continue
    best = number
    least = distance
  }
  return best
}
