/** How a call that was answered is judged. Times are in ms; the meanings are those that answering-machine detectors have had since Asterisk's. */
export type AnswerParameters = {
  /** Nothing but silence for so long after the answer: nobody speaks. */
  readonly initialSilenceMs: number
  /** A pause of so long after a short greeting: a person, who waits for an answer. */
  readonly afterGreetingMs: number
  /** So much voice without such a pause: a machine. Below 1500 no one is taken for a machine, whatever is set. */
  readonly greetingMs: number
  /** So many words, with at least 1500 ms of voice, without such a pause: a machine. */
  readonly mostWords: number
  /** Voice that is shorter is a noise, not a word. */
  readonly shortestWordMs: number
  /** A gap of so long ends a word. */
  readonly betweenWordsMs: number
  /** After so long without a decision it is given up. */
  readonly longestMs: number
}

/** Careful with people: a business that answers with its name, a greeting and a question takes up to three seconds. */
export const carefulParameters: AnswerParameters = {
  initialSilenceMs: 3000,
  afterGreetingMs: 800,
  greetingMs: 3200,
  mostWords: 10,
  shortestWordMs: 80,
  betweenWordsMs: 60,
  longestMs: 8000,
}

/** Nobody is cut off before so much of her own speech. */
export const leastVoiceMs = 1500
