import { catalogProblems } from '@frontdesk/i18n'
import { expect, it } from 'vitest'
import { errorWords } from './error-words.ts'

it('says every error page in each language', () => {
  expect(catalogProblems(errorWords)).toEqual([])
})
