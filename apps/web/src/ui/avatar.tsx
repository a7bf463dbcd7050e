import { useState } from 'react'
import { cx } from './cx.ts'
import { hueOf, initialsOf } from './hue.ts'
import { Icon } from './icon.tsx'

const sizes = { xs: 'size-5 text-[0.5rem]', sm: 'size-6 text-[0.5625rem]', md: 'size-8 text-2xs', lg: 'size-12 text-lg' } as const

/** What `Avatar` is given. */
export type AvatarProps = {
  readonly name: string
  /** What decides the hue: the person's id, so that it survives a change of name. */
  readonly id: string
  readonly size?: keyof typeof sizes
  /** A business's own colour, instead of the hue of its id. */
  readonly brand?: string
  /** The address of a picture to show instead of initials, such as the logo of a business. */
  readonly picture?: string | undefined
  /** `person` is round, `place` (a workspace, a company) and `assistant` are square. */
  readonly kind?: 'person' | 'place' | 'assistant'
}

/** Initials in the hue of an id, or a picture. Silent, because the name always stands beside it. */
export function Avatar({ name, id, size = 'md', kind = 'person', brand, picture }: AvatarProps) {
  const [broken, setBroken] = useState<string>()
  if (kind === 'assistant') {
    return (
      <span
        aria-hidden="true"
        className={cx('grid shrink-0 place-items-center rounded-[30%] bg-ai-tint text-ai-ink inset-ring inset-ring-ai-line', sizes[size])}
      >
        <Icon name="bot" size={size === 'lg' ? 'lg' : 'sm'} />
      </span>
    )
  }
  if (picture !== undefined && picture !== broken) {
    return (
      <img
        src={picture}
        alt=""
        onError={() => setBroken(picture)}
        className={cx(
          'shrink-0 bg-white object-contain inset-ring inset-ring-line',
          kind === 'place' ? 'rounded-[28%]' : 'rounded-full',
          sizes[size],
        )}
      />
    )
  }
  const initials = initialsOf(name)
  return (
    <span
      aria-hidden="true"
      {...(brand ? { 'data-brand': '' } : { 'data-hue': '' })}
      // As generated content, so that a button around it is named by its words alone.
      data-initials={initials}
      style={brand ? { '--brand': brand } : { '--h': hueOf(id) }}
      className={cx(
        'grid shrink-0 place-items-center leading-none font-strong select-none forced-colors:border',
        brand ? 'bg-solid text-on-solid' : 'bg-hue-tint text-hue-ink inset-ring inset-ring-hue-line',
        initials && 'before:content-[attr(data-initials)]',
        kind === 'place' ? 'rounded-[28%]' : 'rounded-full',
        sizes[size],
      )}
    >
      {!initials && <Icon name={kind === 'place' ? 'store' : 'user'} size={size === 'lg' ? 'lg' : 'sm'} />}
    </span>
  )
}
