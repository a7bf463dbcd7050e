import { useEffect } from 'react'

/**
 * Stands in for the package `react-style-singleton` (see build/content-security-styles.ts): the same three functions, on constructed style sheets instead
 * of `<style>` elements, so that `style-src 'self'` holds without a nonce.
 */
export function stylesheetSingleton(): { add: (css: string) => void; remove: () => void } {
  let users = 0
  let sheet: CSSStyleSheet | undefined
  return {
    add(css) {
      users += 1
      if (users > 1) return
      sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    },
    remove() {
      users -= 1
      if (users > 0) return
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
      sheet = undefined
    },
  }
}

/** A hook that keeps one style sheet alive while any component uses it. */
export function styleHookSingleton(): (css: string, dynamic?: boolean) => void {
  const sheet = stylesheetSingleton()
  return function useSheet(css, dynamic) {
    // biome-ignore lint/correctness/useExhaustiveDependencies: as in the package, a change counts only when the caller says so
    useEffect(() => {
      sheet.add(css)
      return () => sheet.remove()
    }, [css && dynamic])
  }
}

/** The same as a component. */
export function styleSingleton(): (props: { styles: string; dynamic?: boolean }) => null {
  const useSheet = styleHookSingleton()
  return function Sheet({ styles, dynamic }) {
    useSheet(styles, dynamic)
    return null
  }
}
