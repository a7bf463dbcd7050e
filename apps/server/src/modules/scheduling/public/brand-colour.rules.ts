/** The colours of a public page that come from the business's own one. */
export type BrandColours = {
  /** The one solid thing a view; `onSolid` is read on it. */
  readonly solid: string
  readonly solidHover: string
  readonly onSolid: string
  /** Text and marks on the page's ground. */
  readonly link: string
  readonly focus: string
  /** A tint of the ground, and a line. */
  readonly selected: string
  readonly line: string
}

/** OKLCH: perceived lightness 0 to 1, chroma, hue in radians. https://bottosson.github.io/posts/oklab/ */
type Lch = { readonly l: number; readonly c: number; readonly h: number }

const grounds = { light: '#ffffff', dark: '#131416' } as const
const white = '#ffffff'

/**
 * Any colour becomes readable ones: its hue stays, its lightness moves until text reaches 4.5:1 and marks 3:1 (WCAG 2.2, 1.4.3 and 1.4.11), computed here and not in
 * the browser, because older phones know no relative colours.
 */
export function brandColours(brand: string, scheme: 'light' | 'dark'): BrandColours {
  const own = toLch(brand)
  const shade = (mostChroma: number) => (l: number) => toHex({ l, c: Math.min(own.c, mostChroma), h: own.h })
  const ground = grounds[scheme]
  const filled = shade(0.16)
  const solid = darkenUntil(Math.min(own.l, 0.58), filled, (colour) => contrast(colour, white) >= 4.6)
  const lightness = toLch(solid).l
  if (scheme === 'light') {
    return {
      solid,
      solidHover: filled(Math.max(lightness - 0.05, 0.05)),
      onSolid: white,
      link: darkenUntil(Math.min(own.l, 0.5), shade(0.14), (colour) => contrast(colour, ground) >= 5.2),
      focus: darkenUntil(Math.min(own.l, 0.6), shade(0.2), (colour) => contrast(colour, ground) >= 3.2),
      selected: shade(0.022)(0.962),
      line: shade(0.055)(0.84),
    }
  }
  return {
    solid,
    solidHover: darkenUntil(lightness + 0.03, filled, (colour) => contrast(colour, white) >= 4.5),
    onSolid: white,
    link: shade(0.11)(0.82),
    focus: shade(0.14)(0.78),
    selected: shade(0.045)(0.27),
    line: shade(0.065)(0.43),
  }
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (brighter + 0.05) / (darker + 0.05)
}

function darkenUntil(from: number, shade: (l: number) => string, isEnough: (colour: string) => boolean): string {
  for (let l = from; l > 0.05; l -= 0.01) {
    const colour = shade(l)
    if (isEnough(colour)) return colour
  }
  return shade(0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = channelsOf(colour)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Linear-light channels, 0 to 1. */
function channelsOf(colour: string): [number, number, number] {
  const linear = (at: number) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [linear(1), linear(3), linear(5)]
}

function toLch(colour: string): Lch {
  const [red, green, blue] = channelsOf(colour)
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return { l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, c: Math.hypot(a, b), h: Math.atan2(b, a) }
}

/** The colour with as much of its chroma as the screen can show. */
function toHex({ l, c, h }: Lch): string {
  const steps = 40
  for (let step = steps; step > 0; step--) {
    const channels = toLinear({ l, c: (c * step) / steps, h })
    if (channels.every((value) => value >= -0.0005 && value <= 1.0005)) return `#${channels.map(toByte).join('')}`
  }
  return `#${toLinear({ l, c: 0, h }).map(toByte).join('')}`
}

function toLinear({ l, c, h }: Lch): number[] {
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ]
}

function toByte(linear: number): string {
  const value = Math.min(Math.max(linear, 0), 1)
  const shown = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
  return Math.round(shown * 255)
    .toString(16)
    .padStart(2, '0')
}
