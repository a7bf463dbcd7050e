/** One piece of a tone: its frequencies in Hz, none for a pause, and how long it lasts in ms. */
export type ToneStep = { readonly hertz: readonly number[]; readonly ms: number }

/** A tone of the network, and from where it begins again; without `repeat` it sounds once. */
export type TonePlan = { readonly steps: readonly ToneStep[]; readonly repeat: boolean }

/** What a network says by tones. */
export type NetworkTone = 'dial' | 'ringback' | 'busy' | 'congestion' | 'intercept'

/** A country's plan: the United States and Canada share one, and most of Europe is near the other. */
export type ToneCountry = 'US' | 'EU' | 'GB'

const sound = (ms: number, ...hertz: readonly number[]): ToneStep => ({ hertz, ms })
const pause = (ms: number): ToneStep => ({ hertz: [], ms })
const again = (...steps: readonly ToneStep[]): TonePlan => ({ steps, repeat: true })
/** The special information tone before "not in service": three rising tones (ITU-T E.180 §5). */
const special: TonePlan = { steps: [sound(330, 950), sound(330, 1400), sound(330, 1800), pause(1000)], repeat: true }

/** ITU-T E.180 Supplement 2 (01/94) for the countries; for the United States Telcordia GR-506 as well; for Europe ETSI TR 101 041-2, recommended values. */
export const networkTones: Readonly<Record<ToneCountry, Readonly<Record<NetworkTone, TonePlan>>>> = {
  US: {
    dial: again(sound(1000, 350, 440)),
    ringback: again(sound(2000, 440, 480), pause(4000)),
    busy: again(sound(500, 480, 620), pause(500)),
    congestion: again(sound(250, 480, 620), pause(250)),
    intercept: special,
  },
  EU: {
    dial: again(sound(1000, 425)),
    ringback: again(sound(1000, 425), pause(4000)),
    busy: again(sound(500, 425), pause(500)),
    congestion: again(sound(250, 425), pause(250)),
    intercept: special,
  },
  GB: {
    dial: again(sound(1000, 350, 440)),
    ringback: again(sound(400, 400, 450), pause(200), sound(400, 400, 450), pause(2000)),
    busy: again(sound(375, 400), pause(375)),
    congestion: again(sound(400, 400), pause(350), sound(225, 400), pause(525)),
    intercept: special,
  },
}
