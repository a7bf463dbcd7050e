import { catalogProblems } from '@frontdesk/i18n'
import { expect, it } from 'vitest'
import { mailWords } from './mail.words.ts'
import { pageWords } from './public/page.words.ts'

it.each([
  ['mails', mailWords],
  ['public pages', pageWords],
])('the words of the %s are whole in every language', (_, words) => {
  expect(catalogProblems(words)).toEqual([])
})
