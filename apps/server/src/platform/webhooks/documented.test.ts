import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

const page = readFileSync(path.join(import.meta.dirname, '../../../../../docs/webhooks.md'), 'utf8')
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? ''
const written = (name: string, text: string): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'frontdesk-docs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(path.join(folder, name), text)
  return path.join(folder, name)
}

// The published example of Standard Webhooks.
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const body = '{"test": 2432232314}'
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const cases = [
  { what: 'what was signed', headers, body, now: 1_614_265_400, verdict: true },
  { what: 'another body', headers, body: `${body} `, now: 1_614_265_400, verdict: false },
  { what: 'what is old', headers, body, now: 1_614_266_000, verdict: false },
  { what: 'nothing signed', headers: {}, body, now: 1_614_265_400, verdict: false },
]

describe('the code that docs/webhooks.md gives', () => {
  it('verifies in TypeScript', async () => {
    const { isFromFrontdesk } = (await import(written('verify.ts', block('ts')))) as {
      isFromFrontdesk: (secret: string, headers: object, body: string, now: number) => boolean
    }
    for (const each of cases) expect(isFromFrontdesk(secret, each.headers, each.body, each.now), each.what).toBe(each.verdict)
  })

  it('verifies in Python, where there is one', ({ skip }) => {
    if (spawnSync('python3', ['--version']).status !== 0) skip('There is no python3 here.')
    const script = `${block('python')}
import json, sys
print(json.dumps([is_from_frontdesk(c["secret"], c["headers"], c["body"].encode(), c["now"]) for c in json.load(sys.stdin)]))`
    const { stdout, stderr } = spawnSync('python3', [written('verify.py', script)], {
      input: JSON.stringify(cases.map((each) => ({ ...each, secret }))),
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual(cases.map(({ verdict }) => verdict))
  })
})
