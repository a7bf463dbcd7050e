import type { ContactId, NameLikeness } from '@frontdesk/contract'
import { describe, expect, it } from 'vitest'
import { compare, distance, keysOf, mailbox, nameLikeness, type PersonFacts, tellingFields } from './duplicate.rules.ts'

const person = (facts: Partial<PersonFacts> & { name: string }): PersonFacts => ({
  id: 'x' as ContactId,
  companyId: null,
  birthday: null,
  city: null,
  points: [],
  ...facts,
})
const phone = (value: string) => ({ kind: 'phone', value }) as const
const email = (value: string) => ({ kind: 'email', value }) as const

describe('names', () => {
  it.each<[string, string, NameLikeness]>([
    ['Ann Lee', 'ann  lee', 'same'],
    ['Dr. Ann Lee', 'Ann Lee', 'same'],
    ['José Núñez', 'Jose Nunez', 'accents'],
    ['Lee, Ann', 'Ann Lee', 'order'],
    ['Annemarie Lee', 'Anne Marie Lee', 'order'],
    ['Katherine Smith', 'Katherin Smith', 'typo'],
    ['Jhon Smith', 'John Smith', 'typo'],
    ['Maria Papadopoulos', 'Maria Papadopulos', 'typo'],
    ['Ann Maria Lee', 'Ann Lee', 'part'],
    ['A. Lee', 'Ann Lee', 'initial'],
    ['Ann Lee', 'Bob Lee', 'family'],
    ['Ann Lee', 'Bob Stone', 'other'],
    ['Ann Lee', 'Ann Stone', 'other'],
    ['Ann Li', 'Ann Lu', 'other'],
    ['Анна Ли', 'Анна Ли', 'same'],
    ['李雷', '李雷', 'same'],
    ['!!!', 'Ann', 'other'],
  ])('%s and %s: %s', (one, other, likeness) => {
    expect(nameLikeness(one, other)).toBe(likeness)
    expect(nameLikeness(other, one)).toBe(likeness)
  })

  it('counts a swap of neighbours as one edit', () => {
    expect([distance('jhon', 'john'), distance('abc', 'abc'), distance('', 'abc'), distance('kitten', 'sitting')]).toEqual([1, 0, 3, 3])
  })
})

describe('addresses', () => {
  it('that reach one mailbox are one', () => {
    expect(mailbox('a.nn+news@gmail.com')).toBe(mailbox('ann@googlemail.com'))
    expect(mailbox('a.nn@firm.example')).not.toBe(mailbox('ann@firm.example'))
    expect(mailbox('+x@firm.example')).toBe('+x@firm.example')
  })
})

describe('two contacts', () => {
  const ann = person({ name: 'Ann Lee', points: [phone('+12125550123')] })

  it('of one number and one name are one person', () => {
    expect(compare(ann, person({ name: 'Lee Ann', points: [phone('+12125550123')] }))).toMatchObject({
      likeness: 'same',
      score: 86,
      reasons: [{ kind: 'name', likeness: 'order' }, { kind: 'phone' }],
    })
  })

  it('of one number and other names are a household, and never likelier than that', () => {
    const bob = person({ name: 'Bob Lee', points: [phone('+12125550123'), email('lee@home.example')] })
    const family = { ...ann, points: [...ann.points, email('lee@home.example')] }
    expect(compare(family, bob)).toMatchObject({ likeness: 'household', score: 30 })
  })

  it('of one name alone are two people, and with another sign probably one', () => {
    expect(compare(ann, person({ name: 'Ann Lee' }))).toBeUndefined()
    const inTown = { ...ann, city: 'Málaga' }
    expect(compare(inTown, person({ name: 'Ann Lee', city: 'malaga' }))).toMatchObject({ likeness: 'same', score: 50 })
    expect(compare(inTown, person({ name: 'Anm Lee', city: 'malaga' }))).toMatchObject({ likeness: 'same', score: 46 })
    expect(compare(inTown, person({ name: 'A Lee', city: 'malaga' }))).toBeUndefined()
    expect(compare(inTown, person({ name: 'Bob Lee', city: 'malaga' }))).toBeUndefined()
  })

  it('born on other days are two people even at one number', () => {
    const one = { ...ann, birthday: '1980-01-02' }
    expect(compare(one, { ...ann, birthday: '2008-03-04' })).toMatchObject({ likeness: 'household' })
    expect(compare(one, { ...ann, birthday: '1980-01-02' })).toMatchObject({ likeness: 'same', score: 99 })
  })

  it('who are alike share a key', () => {
    const pairs: readonly [PersonFacts, PersonFacts][] = [
      [person({ name: 'José Núñez', companyId: 'c' }), person({ name: 'Nunez Jose', companyId: 'c' })],
      [person({ name: 'Katherine Smith', birthday: '1980-01-02' }), person({ name: 'Katherin Smith', birthday: '1980-01-02' })],
      [person({ name: 'A Lee', companyId: 'c' }), person({ name: 'Ann Lee', companyId: 'c' })],
      [person({ name: 'X Y', points: [email('a.b@gmail.com')] }), person({ name: 'X Y', points: [email('ab@gmail.com')] })],
    ]
    for (const [one, other] of pairs) {
      expect(compare(one, other)).toMatchObject({ likeness: 'same' })
      expect(keysOf(one).some((key) => keysOf(other).includes(key))).toBe(true)
    }
    expect(keysOf(person({ name: 'Ann Lee' }))).toEqual([])
  })
})

it('finds the fields that tell of birth and town by their names', () => {
  const field = (key: string, label: string, type: string) => ({ key, label, type })
  expect(
    tellingFields([
      field('f1', 'Date of birth', 'date'),
      field('fecha_nacimiento', 'Fecha', 'date'),
      field('f2', 'Next visit', 'date'),
      field('birth_name', 'Birth name', 'text'),
      field('f3', 'Ville', 'text'),
      field('capacity', 'Capacity', 'text'),
    ]),
  ).toEqual({ birthday: ['f1', 'fecha_nacimiento'], city: ['f3'] })
})
