import { createHash } from 'node:crypto'
import type { Business } from '../business.ts'
import { type BrandColours, brandColours } from './brand-colour.rules.ts'

/** The stylesheet with one business's colours. A file of its own, because the pages allow no inline style. */
export function brandSheet({ brandColour }: Pick<Business, 'brandColour'>): string {
  const colour = /^#[0-9a-f]{6}$/i.test(brandColour) ? brandColour.toLowerCase() : '#1f6f5c'
  const light = declarations(brandColours(colour, 'light'))
  const dark = declarations(brandColours(colour, 'dark'))
  return [
    `:root{${light}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${dark}}}`,
    `:root[data-theme="dark"]{${dark}}`,
    '',
  ].join('\n')
}

/** Part of the sheet's address, so that browsers keep it until the colour changes. */
export const brandVersion = ({ brandColour }: Pick<Business, 'brandColour'>): string =>
  createHash('sha256').update(brandSheet({ brandColour })).digest('base64url').slice(0, 8)

const declarations = (colours: BrandColours): string =>
  [
    `--solid:${colours.solid}`,
    `--solid-hover:${colours.solidHover}`,
    `--on-solid:${colours.onSolid}`,
    `--link:${colours.link}`,
    `--focus:${colours.focus}`,
    `--selected:${colours.selected}`,
    `--brand-line:${colours.line}`,
  ].join(';')
