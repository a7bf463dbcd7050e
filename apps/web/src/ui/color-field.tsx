import { type CSSProperties, useId } from 'react'
import { useWords } from '../lib/i18n.tsx'
import { cx } from './cx.ts'
import { FieldNote, type FieldProps, inputLook } from './field.tsx'
import { Icon } from './icon.tsx'
import { uiWords } from './words.ts'

const brands = ['#3e63dd', '#0b7f78', '#2b7a3d', '#8a5a00', '#c2410c', '#c62a2f', '#ad2e6e', '#6e56cf', '#1b1f24'] as const

/** A colour such as a business's own, `#0b7f78`. Any colour is fine: the public pages bound its lightness so that text stays readable. */
export function ColorField({ label, hint, error, value, onChange, name, disabled }: FieldProps<string>) {
  const t = useWords(uiWords)
  const id = useId()
  const valid = /^#[0-9a-f]{6}$/i.test(value)
  return (
    <fieldset className="grid min-w-0 gap-1.5" disabled={disabled}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap items-center gap-2">
        {brands.map((color) => (
          <Swatch
            key={color}
            name={name ?? id}
            label={color}
            look={{ backgroundColor: color }}
            chosen={value.toLowerCase() === color}
            onChoose={() => onChange(color)}
          />
        ))}
        <span className="relative flex items-center gap-2">
          <input
            type="color"
            aria-label={t('pickColor')}
            value={valid ? value : '#000000'}
            onChange={(event) => onChange(event.target.value)}
            className="size-control cursor-pointer appearance-none rounded-md border border-line-strong bg-transparent p-0.5 [&::-webkit-color-swatch]:rounded-sm [&::-webkit-color-swatch]:border-0 [&::-webkit-color-swatch-wrapper]:p-0"
          />
          <input
            aria-label={t('colorCode')}
            value={value}
            maxLength={7}
            spellCheck={false}
            dir="ltr"
            onChange={(event) => onChange(event.target.value)}
            className={cx(inputLook, 'figures w-24')}
            {...(error || (!valid && value) ? { 'aria-invalid': true, 'aria-describedby': `${id}-note` } : {})}
          />
        </span>
      </div>
      <FieldNote id={`${id}-note`} hint={hint} error={error ?? (!valid && value ? t('colorWrong') : undefined)} />
    </fieldset>
  )
}

/** The hues a category may take, evenly round the circle and well apart for most eyes. */
const hues = [10, 45, 80, 125, 165, 200, 240, 275, 310, 345] as const

/** The hue of a category such as a service or a person, 0 to 359. */
export function HueField({ label, hint, error, value, onChange, name, disabled }: FieldProps<number>) {
  const id = useId()
  const nearest = hues.toSorted((a, b) => apart(a, value) - apart(b, value))[0]
  return (
    <fieldset className="grid min-w-0 gap-1.5" disabled={disabled}>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap items-center gap-2">
        {hues.map((hue, index) => (
          <Swatch
            key={hue}
            name={name ?? id}
            label={`${index + 1}`}
            hue
            look={{ '--h': hue, backgroundColor: 'var(--hue-mark)' }}
            chosen={hue === nearest}
            onChoose={() => onChange(hue)}
          />
        ))}
      </div>
      <FieldNote id={`${id}-note`} hint={hint} error={error} />
    </fieldset>
  )
}

const apart = (a: number, b: number): number => Math.min(Math.abs(a - b), 360 - Math.abs(a - b))

type SwatchProps = {
  readonly name: string
  readonly label: string
  readonly look: CSSProperties
  readonly hue?: boolean
  readonly chosen: boolean
  readonly onChoose: () => void
}

function Swatch({ name, label, look, hue, chosen, onChoose }: SwatchProps) {
  return (
    <label
      {...(hue ? { 'data-hue': '' } : {})}
      style={look}
      className="grid size-(--control) place-items-center rounded-full text-on-solid ring-2 ring-transparent ring-offset-2 ring-offset-surface forced-color-adjust-none has-checked:ring-focus has-focus-visible:outline-2 has-focus-visible:outline-offset-4 has-focus-visible:outline-focus"
    >
      <input type="radio" name={name} aria-label={label} checked={chosen} onChange={onChoose} className="sr-only" />
      {chosen && <Icon name="check" />}
    </label>
  )
}
