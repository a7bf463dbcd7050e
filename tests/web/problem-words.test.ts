import { problems } from '@frontdesk/contract'
import { expect, it } from 'vitest'
import { words } from '../../apps/web/src/locales/en/problems.ts'

it('has words for every refusal of the API', () => {
  expect(Object.keys(problems).filter((slug) => !Object.hasOwn(words, slug))).toEqual([])
})
