import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { testDatabase } from '../../../platform/database/testing.ts'
import { openFiles, recordFile } from '../../../platform/files/index.ts'
import { mediaSample } from '../../../platform/files/testing.ts'
import { surroundings } from '../surroundings.ts'
import { testPages } from './testing.ts'

const test = await testDatabase()
const { shop, base, service, open } = await testPages(test)
const files = openFiles({ keys: test.keys, folder: path.join(test.folder, 'files'), keyFolder: path.join(test.folder, 'keys', 'files') })
surroundings.provide({ ...surroundings.get(), files })

const keep = async (purpose: 'picture' | 'attachment') => {
  const put = { workspaceId: shop.workspaceId, subjects: [], purpose, name: 'a.png', maxBytes: 1000, now: test.clock() } as const
  const stored = await files.put(mediaSample.png, put)
  await shop.inside((tx) => recordFile(tx, stored))
  return stored.id
}
const show = (id: string | null) => test.asSuperuser('update workspace set logo_file_id = $1 where id = $2', [id, shop.workspaceId])
const imageOf = (text: string) => /<img class="logo"[^>]*>/.exec(text)?.[0]

describe('the logo of a business', () => {
  it('is not there: the first letter of the name stands in its place', async () => {
    const { text } = await open(service)
    expect(imageOf(text)).toBeUndefined()
    expect(text).toContain('<span class="logo" aria-hidden="true">')
  })

  it('stands on every page, with words for those who do not see it, in their language', async () => {
    const id = await keep('picture')
    await show(id)
    for (const url of [base, service]) {
      expect(imageOf((await open(url)).text)).toBe(
        `<img class="logo" src="${base}/logo/${id}" alt="Logo of Salon Ana" width="44" height="44">`,
      )
    }
    expect(imageOf((await open(base, { languages: 'es' })).text)).toContain('alt="Logotipo de ')
  })

  it('comes as what it is, is kept by browsers for good, and is not sent twice', async () => {
    const id = await keep('picture')
    await show(id)
    const answer = await open(`${base}/logo/${id}`)
    expect([answer.status, answer.headers]).toMatchObject([
      200,
      {
        'content-type': 'image/png',
        'content-length': String(mediaSample.png.length),
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        etag: `"${id}"`,
      },
    ])
    for (const tags of [`"${id}"`, `W/"${id}"`, `"older", "${id}"`]) {
      expect((await open(`${base}/logo/${id}`, { knownTags: tags })).status).toBe(304)
    }
    expect((await open(`${base}/logo/${id}`, { knownTags: '"older"' })).status).toBe(200)
  })

  it('has another address once it is replaced, and the earlier one leads nowhere', async () => {
    const [first, second] = [await keep('picture'), await keep('picture')]
    await show(first)
    await show(second)
    expect(imageOf((await open(base)).text)).toContain(`/logo/${second}`)
    const gone = await open(`${base}/logo/${first}`)
    expect([gone.status, gone.headers['cache-control']]).toEqual([404, 'no-store'])
  })

  it('is no way to other files of the business', async () => {
    const attachment = await keep('attachment')
    expect((await open(`${base}/logo/${attachment}`)).status).toBe(404)
    expect((await open(`${base}/logo/nothing`)).status).toBe(404)
  })
})
