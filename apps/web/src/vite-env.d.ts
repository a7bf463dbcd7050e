declare module '*.css'
declare module '@fontsource-variable/inter/wght.css'

interface ImportMetaEnv {
  readonly DEV: boolean
  readonly PROD: boolean
}

interface ImportMeta {
  readonly env: ImportMetaEnv
}
