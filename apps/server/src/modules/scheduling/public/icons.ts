import { type Html, html } from '../../../platform/http/index.ts'

const paths = {
  globe: html`<path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM3 10h14M10 3c2 2 2.9 4.4 2.9 7S12 15 10 17c-2-2-2.9-4.4-2.9-7S8 5 10 3z"/>`,
  earlier: html`<path d="M12 5.5 7.5 10l4.5 4.5"/>`,
  later: html`<path d="m8 5.5 4.5 4.5L8 14.5"/>`,
  theme: html`<path d="M10 3a7 7 0 1 0 0 14z" fill="currentColor"/><path d="M10 3a7 7 0 1 1 0 14"/>`,
  calendar: html`<path d="M4.5 4.5h11A1.5 1.5 0 0 1 17 6v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5zM3 8.5h14M6.75 2.75v3.5M13.25 2.75v3.5"/>`,
  check: html`<path d="m4 10.5 4 4 8-9"/>`,
  alert: html`<path d="m10 3 7.5 13.5h-15zM10 8v4M10 14.25h.01"/>`,
  clock: html`<path d="M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.75 2"/>`,
  cross: html`<path d="m5.5 5.5 9 9M14.5 5.5l-9 9"/>`,
} as const

/** A picture beside words; it says nothing by itself. */
export const icon = (name: keyof typeof paths, className = 'i'): Html =>
  html`<svg class="${className}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${paths[name]}</svg>`
