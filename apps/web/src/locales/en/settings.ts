/** Words of the settings. */
export const words = {
  appearance: 'Look and language',
  appearanceIntro: 'On this computer. Your mail follows the language too.',
} as const
