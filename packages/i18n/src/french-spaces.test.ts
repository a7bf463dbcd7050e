import { expect, it } from 'vitest'
import { looseFrenchSpaces } from './french-spaces.ts'

it.each([
  ['Vraiment ?', [' ?']],
  ['Écrivez ainsi\u00a0: 60', ['\u00a0:']],
  ['Ouvrez « Agenda »', ['« ', ' »']],
  ['Ouvrez «Agenda»', ['«A', 'a»']],
  ['Au plus 5 Mo, en {count} min', ['5 Mo', '} min']],
  ['Remise de 10 %', [' %']],
])('finds in %j the places %j', (text, places) => {
  expect(looseFrenchSpaces(text)).toEqual(places)
})

it.each([
  'Vraiment\u202f?',
  'Ouvrez «\u202fAgenda\u202f»',
  'Au plus 5\u202fMo',
  'à 10:30, voir https://exemple.fr',
  '5 services, {count} heures',
])('has nothing against %j', (text) => {
  expect(looseFrenchSpaces(text)).toEqual([])
})
