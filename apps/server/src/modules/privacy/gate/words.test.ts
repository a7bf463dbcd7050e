import { reasonTable } from '@frontdesk/contact-rules'
import { catalogProblems } from '@frontdesk/i18n'
import { expect, it } from 'vitest'
import { publicStopWords } from '../suppression/public-stop.words.ts'
import { stopWords } from '../suppression/stop.words.ts'
import { whyNot } from './reason-sentences.ts'

it('says the stop pages in every language', () => {
  expect(catalogProblems(stopWords)).toEqual([])
  expect(catalogProblems(publicStopWords)).toEqual([])
})

it('has a sentence for every reason that can stand in the way', () => {
  for (const [code, { effect }] of Object.entries(reasonTable)) {
    if (effect === 'blocks' || effect === 'defers')
      expect(whyNot([{ code, effect, params: {}, authority: null } as never])).toMatch(/^Not sent, because .+\.$/)
  }
})
