import { expect, it } from 'vitest'
import { numbersWish, provideNumbersAsker } from './numbers-in-text.ts'

const refused = (type: string) => new Response(JSON.stringify({ type, numbers: [{ kind: 'card', shown: '••••1111' }] }), { status: 422 })

it('asks about nothing but a number in a text, and about that once', async () => {
  const asked: unknown[] = []
  expect(await numbersWish(refused('/api/problems/http/number-in-text'))).toBeUndefined()
  const end = provideNumbersAsker(async (found) => {
    asked.push(found)
    return 'mask'
  })
  expect(await numbersWish(refused('/api/problems/privacy/no-point'))).toBeUndefined()
  expect(await numbersWish(new Response('no JSON', { status: 422 }))).toBeUndefined()
  expect(await numbersWish(new Response('{}', { status: 200 }))).toBeUndefined()
  expect(asked).toEqual([])
  const answer = refused('/api/problems/http/number-in-text')
  expect(await numbersWish(answer)).toBe('mask')
  expect(asked).toEqual([[{ kind: 'card', shown: '••••1111' }]])
  expect(await answer.json()).toMatchObject({ numbers: [{ kind: 'card' }] }) // the refusal itself can still be read
  end()
  expect(await numbersWish(refused('/api/problems/http/number-in-text'))).toBeUndefined()
})
