/** What a patient answered to her confirmation, and what became of it. */
export type Letter = {
  /** Whose it may be: the first of these patients who has an appointment ahead. Where none has, the first books one. */
  readonly from: readonly [string, ...string[]]
  /** Minutes before today. */
  readonly minutesAgo: number
  readonly text: string
  /** A text file that came along. */
  readonly file?: { readonly name: string; readonly text: string }
  /** A program wrote it, so nobody has to answer. */
  readonly automatic?: boolean
  /** The clinic's answer, and how many minutes later. */
  readonly answer?: { readonly text: string; readonly after: number }
  /** Nothing more is to be done. */
  readonly resolved?: boolean
}

/** The oldest first. Those without an answer wait for one. */
export const letters: readonly Letter[] = [
  {
    from: ['tomli', 'grace', 'ivy', 'eli'],
    minutesAgo: 49 * 60,
    text: 'Thanks, that was quick! See you then.',
    answer: { text: 'See you then. Please bring your insurance card.\n\nAmara', after: 25 },
    resolved: true,
  },
  {
    from: ['hubert.w', 'theo', 'mateus', 'anouk'],
    minutesAgo: 30 * 60,
    text: 'I am out of the office until Monday and read no mail. In urgent cases call my colleague.',
    automatic: true,
  },
  {
    from: ['siobhan.okonkwo', 'joy.mensah', 'ruth', 'lena.vogt'],
    minutesAgo: 27 * 60,
    text: 'Hello,\n\nmy daughter (9) has a loose filling. Could she come along, and would you have ten minutes for her after me?\n\nThank you!',
    answer: {
      text: 'Of course, bring her. I have kept the quarter of an hour after yours free.\n\nWarm regards\nAmara Nwosu',
      after: 70,
    },
  },
  {
    from: ['ximena', 'carmen', 'analucia', 'diego.dubois'],
    minutesAgo: 22 * 60,
    text: 'Hola, ¿hay alguien en la clínica que hable español? Mi madre viene conmigo.',
  },
  { from: ['m.alfarsi', 'a.alkhatib'], minutesAgo: 5 * 60 + 12, text: 'مرحباً، هل يوجد موقف سيارات قرب العيادة؟ شكراً لكم.' },
  {
    from: ['a.wisniewska', 'ingrid', 'padraig', 'dev'],
    minutesAgo: 95,
    text: 'Hi, I take blood thinners since last month. Do I have to stop before the appointment? I would rather ask before I do something silly. 😅',
    file: { name: 'my medicines.txt', text: 'Apixaban 5 mg, morning and evening\nRamipril 2.5 mg, morning\nNo allergies that I know of\n' },
  },
]
