import type { Routing } from './queries.ts'

/** Somebody who takes turns, and whom she is given first, as it is typed: lists with commas. */
export type Served = { readonly memberId: string; readonly regions: string; readonly languages: string; readonly tags: string }

type Member = Routing['members'][number]

/** What was typed, one by one; what stands twice counts once. */
export const listOf = (typed: string): readonly string[] => [...new Set(typed.split(/[,;\n]/).flatMap((one) => one.trim() || []))]

const regionsOf = ({ regions }: Served) => listOf(regions.toUpperCase())
const languagesOf = ({ languages }: Served) => listOf(languages.toLowerCase())

/** Whether something among the places is none: a country (`CA`), or a state or province (`US-NY`). */
export const placesWrong = (served: Served): boolean => regionsOf(served).some((place) => !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(place))

/** Whether something among the languages is none. */
export const speechWrong = (served: Served): boolean => languagesOf(served).some((language) => !/^[a-z]{2,3}$/.test(language))

/** As it is typed. */
export const typedOf = ({ memberId, regions, languages, tags }: Member): Served => ({
  memberId,
  regions: regions.join(', '),
  languages: languages.join(', '),
  tags: tags.join(', '),
})

/** As it is sent. */
export const sentOf = (served: Served) => ({
  memberId: served.memberId as Member['memberId'],
  regions: [...regionsOf(served)],
  languages: [...languagesOf(served)],
  tags: [...listOf(served.tags)],
})
