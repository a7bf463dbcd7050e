import { expect, it } from 'vitest'
import { csvOf } from './csv.rules.ts'

it('quotes what has to be quoted, disarms formulas and leaves numbers as they are dialled', () => {
  expect(csvOf([{ name: 'Lee, "Ann"', phone: '+12125550188', note: '=HYPERLINK("x")', at: null, n: -3 }])).toBe(
    'name,phone,note,at,n\r\n"Lee, ""Ann""",+12125550188,"\'=HYPERLINK(""x"")",,-3\r\n',
  )
})
