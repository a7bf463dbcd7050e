import { expect, it } from 'vitest'
import { rulesPage } from './rules-page.ts'
import { shippedRulebook } from './shipped.ts'

it('is what docs/comply/rules.md says', async () => {
  // After a change of the rules: npm test -- packages/contact-rules/src/rules-page.test.ts -u
  await expect(rulesPage(shippedRulebook)).toMatchFileSnapshot('../../../docs/comply/rules.md')
})

it('has every row', () => {
  const page = rulesPage(shippedRulebook)
  for (const { id } of shippedRulebook.rules) expect(page).toContain(`| \`${id}\` |`)
})
