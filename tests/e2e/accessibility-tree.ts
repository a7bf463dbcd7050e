import type { CDPSession, Page } from 'playwright-core'

export type Name = string | RegExp

/** One object of the tree, as assistive technology gets it. */
export type TreeNode = {
  readonly role: string
  readonly name: string
  readonly description: string
  readonly focused: boolean
  readonly invalid: boolean
  readonly backendId: number
}

export type Tree = {
  /** What can be perceived now. */
  readonly read: () => Promise<readonly TreeNode[]>
  /** Waits for the only object of this role and name. */
  readonly find: (role: string, name: Name) => Promise<TreeNode>
  /** Waits until an object of this role and name has the focus. */
  readonly focused: (role: string, name: Name) => Promise<TreeNode>
  /** What a screen reader does on its key for "do it". */
  readonly activate: (node: TreeNode) => Promise<void>
  readonly type: (node: TreeNode, text: string) => Promise<void>
}

const PATIENCE_MS = 15_000

type AxValue = { readonly value?: unknown } | undefined
type AxNode = {
  readonly ignored: boolean
  readonly role?: AxValue
  readonly name?: AxValue
  readonly description?: AxValue
  readonly properties?: readonly { readonly name: string; readonly value: AxValue }[]
  readonly backendDOMNodeId?: number
}

/** Opens the accessibility tree of a page, over the browser's own protocol. */
export async function openTree(page: Page): Promise<Tree> {
  const session = await page.context().newCDPSession(page)
  await session.send('Accessibility.enable')
  const read = () => readTree(session)

  async function waitFor(what: string, fits: (node: TreeNode) => boolean): Promise<TreeNode> {
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      const nodes = await read()
      const found = nodes.find(fits)
      if (found) return found
      if (performance.now() > until) {
        const there = nodes.filter(({ name }) => name !== '').map(({ role, name, focused }) => `${focused ? '* ' : ''}${role} “${name}”`)
        throw new Error(`The accessibility tree has no ${what}. It has:\n${there.join('\n')}`)
      }
    }
  }

  return {
    read,
    find: (role, name) => waitFor(`${role} named ${name}`, (node) => node.role === role && matches(node.name, name)),
    focused: (role, name) =>
      waitFor(`focused ${role} named ${name}`, (node) => node.focused && node.role === role && matches(node.name, name)),
    activate: async ({ backendId }) => {
      const { object } = await session.send('DOM.resolveNode', { backendNodeId: backendId })
      await session.send('Runtime.callFunctionOn', {
        objectId: object.objectId ?? '',
        functionDeclaration: 'function () { this.focus(); this.click() }',
      })
    },
    type: async ({ backendId }, text) => {
      await session.send('DOM.focus', { backendNodeId: backendId })
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.insertText(text)
    },
  }
}

const matches = (name: string, wanted: Name): boolean => (typeof wanted === 'string' ? name === wanted : wanted.test(name))

async function readTree(session: CDPSession): Promise<readonly TreeNode[]> {
  const { nodes } = (await session.send('Accessibility.getFullAXTree').catch(() => ({ nodes: [] }))) as { nodes: readonly AxNode[] }
  return nodes
    .filter(({ ignored }) => !ignored)
    .map((node) => {
      const property = (name: string) => node.properties?.find((one) => one.name === name)?.value?.value
      return {
        role: text(node.role),
        name: text(node.name),
        description: text(node.description),
        focused: property('focused') === true,
        invalid: property('invalid') === 'true',
        backendId: node.backendDOMNodeId ?? 0,
      }
    })
}

const text = (value: AxValue): string => (typeof value?.value === 'string' ? value.value : '')
