import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Checkbox, RadioGroup } from '../../ui/checkbox.tsx'
import { ColorField, HueField } from '../../ui/color-field.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { DateField, TimeField } from '../../ui/date-field.tsx'
import { Form, FormProblem, useForm } from '../../ui/form.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useNotices } from '../../ui/toast.tsx'
import { ZonePicker } from '../../ui/zone-picker.tsx'
import { Columns, Specimen } from './specimen.tsx'

const services = [
  { value: 'cleaning', label: 'Cleaning and check-up', note: '45 min' },
  { value: 'whitening', label: 'Whitening', note: '75 min' },
  { value: 'braces', label: 'Talk about braces or aligners', note: '20 min' },
] as const

/** Every field, and a form that checks, fails and keeps a draft. */
export function FieldSpecimens() {
  const [password, setPassword] = useState('correct horse')
  const [view, setView] = useState<'day' | 'week' | 'staff'>('week')
  const [service, setService] = useState<(typeof services)[number]['value']>('cleaning')
  const [zone, setZone] = useState('America/Denver')
  const [date, setDate] = useState('2026-11-20')
  const [time, setTime] = useState('10:30')
  const [color, setColor] = useState('#0b7f78')
  const [hue, setHue] = useState(345)
  const [texts, setTexts] = useState(true)
  const [first, setFirst] = useState<'first' | 'nwosu'>('first')
  const [night, setNight] = useState(true)
  return (
    <Specimen title="Fields">
      <Columns>
        <GalleryForm />
        <div className="grid gap-4">
          <PasswordField
            label="Password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
            hint="Twelve characters or more."
          />
          <div className="grid grid-cols-2 gap-3">
            <DateField label="Day" value={date} onChange={setDate} />
            <TimeField label="Time" value={time} onChange={setTime} />
          </div>
          <Combobox label="Service" value={service} onChange={setService} options={services} />
          <ZonePicker label="Time zone" value={zone} onChange={setZone} />
          <ColorField label="Your colour" value={color} onChange={setColor} hint="Any colour is fine; text on it stays readable." />
          <HueField label="Colour in the calendar" value={hue} onChange={setHue} />
          <div>
            <SegmentedControl
              label="View"
              value={view}
              onChange={setView}
              options={[
                { value: 'day', label: 'Day' },
                { value: 'week', label: 'Week' },
                { value: 'staff', label: 'Staff' },
              ]}
            />
          </div>
          <div>
            <Checkbox label="Text me about this visit" value={texts} onChange={setTexts} hint="Up to 4 texts a visit." />
            <Switch label="Answer at night with Harper, an AI" value={night} onChange={setNight} />
          </div>
          <RadioGroup
            label="With whom?"
            look="boxes"
            value={first}
            onChange={setFirst}
            choices={[
              { value: 'first', label: 'First free', note: 'today' },
              { value: 'nwosu', label: 'Dr. Amara Nwosu', note: 'tomorrow' },
            ]}
          />
        </div>
      </Columns>
    </Specimen>
  )
}

function GalleryForm() {
  const notices = useNotices()
  const form = useForm({
    start: { name: '', mobile: '(207) 555-01', mail: '', price: '140', kind: 'new' as 'new' | 'back', note: '' },
    draft: 'gallery',
    check: ({ name, mobile, mail }) => ({
      name: name.trim() ? undefined : 'Please fill this in.',
      mobile: mobile.replace(/\D/g, '').length >= 10 ? undefined : 'Two digits are missing. Nothing you typed is lost.',
      mail: mail.includes('@') ? undefined : 'This is not an email address.',
    }),
    send: async ({ name }) => {
      notices.show({ text: `${name} is booked.`, undo: () => {} })
    },
  })
  return (
    <Form form={form} label="A form">
      <TextField label="Name" hint="As she wants to be called." autoComplete="off" {...form.field('name')} />
      <TextField label="Mobile" type="tel" autoComplete="off" {...form.field('mobile')} />
      <TextField label="Mail" type="email" icon="mail" placeholder="name@example.com" autoComplete="off" {...form.field('mail')} />
      <TextField label="Price" before="$" after="USD" figures inputMode="decimal" {...form.field('price')} />
      <Select
        label="Patient"
        options={[
          { value: 'new', label: 'New patient' },
          { value: 'back', label: 'Has been here' },
        ]}
        {...form.field('kind')}
      />
      <TextArea label="Anything we should know?" optional {...form.field('note')} />
      <FormProblem />
      <div className="flex gap-2">
        <Button variant="solid" type="submit" busy={form.sending}>
          Book
        </Button>
        <Button variant="quiet" onClick={form.reset}>
          Start over
        </Button>
      </div>
    </Form>
  )
}
