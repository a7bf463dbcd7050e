/**
 * Draws the PNG icons of the installed app from `public/icons/mark.svg`: `npx node apps/web/build/render-icons.ts` after the mark changes. The PNGs are
 * committed, so nothing is drawn at build time. Needs a Chromium (`CHROMIUM` names another than /usr/bin/chromium).
 */
import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const folder = new URL('../public/icons/', import.meta.url)
const mark = readFileSync(new URL('mark.svg', folder), 'utf8')
/** Maskable icons fill the square and keep the drawing inside the safe circle of 80 %. */
const maskable = mark
  .replace('rx="15"', 'rx="0"')
  .replace(/<path/, '<g transform="translate(32 32) scale(0.82) translate(-32 -32)"><path')
  .replace('</svg>', '</g></svg>')

const icons = [
  { name: 'icon-180.png', size: 180, svg: mark.replace('rx="15"', 'rx="0"') },
  { name: 'icon-192.png', size: 192, svg: mark },
  { name: 'icon-512.png', size: 512, svg: mark },
  { name: 'maskable-512.png', size: 512, svg: maskable },
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
for (const { name, size, svg } of icons) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  )
  await page.screenshot({ path: new URL(name, folder).pathname, omitBackground: true })
}
await browser.close()
