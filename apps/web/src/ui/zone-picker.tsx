import { formats, zoneCity } from '@frontdesk/i18n'
import { useMemo } from 'react'
import { useMinute } from '../lib/clock.ts'
import { useReader, useWords } from '../lib/i18n.tsx'
import { Combobox, type ComboboxOption } from './combobox.tsx'
import type { FieldProps } from './field.tsx'
import { uiWords } from './words.ts'

/** An IANA time zone, found by its city, its common name or its offset, with the time it is there now. */
export function ZonePicker(props: FieldProps<string>) {
  const t = useWords(uiWords)
  const reader = useReader()
  const now = useMinute()
  const options = useMemo((): readonly ComboboxOption<string>[] => {
    const known = new Set(Intl.supportedValuesOf('timeZone'))
    known.add(reader.zone)
    known.add(props.value)
    return [...known]
      .filter(Boolean)
      .map((zone) => {
        const there = formats(reader.tag, zone)
        const offset = there.zoneName(now, 'offset')
        const name = there.zoneName(now)
        return {
          value: zone,
          label: name === zone || name.startsWith('GMT') ? zoneCity(zone) : `${zoneCity(zone)}, ${name}`,
          words: [zone, offset],
          note: t('zoneNow', { offset, time: there.time(now) }),
        }
      })
      .sort((a, b) => Number(b.value === reader.zone) - Number(a.value === reader.zone) || a.label.localeCompare(b.label, reader.tag))
  }, [reader.tag, reader.zone, now, props.value, t])
  return <Combobox {...props} options={options} />
}
