/** A fictional clinic on the coast of Maine. Numbers and addresses are of the ranges that are kept free for fiction (555-01xx, RFC 2606). */

export const clinic = {
  name: 'Harbor Dental',
  zone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  country: 'US',
  industry: 'Dentist',
  owner: 'Dr. Amara Nwosu',
  email: 'amara@harbordental.example',
  phone: '+1 207 555 0199',
  website: 'https://harbordental.example',
  address: '18 Wharf Street\nPortland, ME 04101',
  brandColour: '#1d5b8f',
} as const

/** Monday to Friday with a lunch break, and Saturday mornings. */
export const week: readonly { readonly weekday: number; readonly from: string; readonly to: string }[] = [
  ...[1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, from: '08:00', to: '12:00' },
    { weekday, from: '13:00', to: '17:00' },
  ]),
  { weekday: 6, from: '09:00', to: '12:00' },
]

/** Who works there beside the owner, who is the first of those who can be booked. */
export const colleagues = [
  { name: 'Dr. Elias Haddad', hue: 195 },
  { name: 'Luis Ferreira', hue: 140 },
] as const

/** One for each of those who work there, and what only one can use at a time. */
export const rooms = ['Room 1', 'Room 2', 'Room 3'] as const
export const whiteningLamp = 'Whitening lamp'

/** `by`: who gives it; 0 is the owner, then the colleagues. Prices in minor units. */
export const services = [
  {
    name: 'Cleaning and check-up',
    slug: 'cleaning',
    durationMinutes: 45,
    bufferAfterMinutes: 10,
    price: '14000',
    by: [0, 1, 2],
    hue: 345,
    description: 'A thorough cleaning, a look at every tooth, and time for questions. New patients welcome.',
    video: null,
  },
  {
    name: 'Toothache, soon',
    slug: 'toothache',
    durationMinutes: 30,
    bufferAfterMinutes: 0,
    price: '9500',
    by: [0, 1],
    hue: 30,
    description: 'Often the same day. Tell us where it hurts, and since when.',
    video: null,
  },
  {
    name: 'Whitening',
    slug: 'whitening',
    durationMinutes: 75,
    bufferAfterMinutes: 15,
    price: '32000',
    by: [2],
    hue: 195,
    description: 'In one visit. Not for children or during pregnancy.',
    video: null,
  },
  {
    name: 'Talk about braces or aligners',
    slug: 'braces',
    durationMinutes: 20,
    bufferAfterMinutes: 0,
    price: null,
    by: [1],
    hue: 280,
    description: 'A first talk by video, before anybody measures anything.',
    video: 'https://meet.harbordental.example/aligners',
  },
] as const

export type Patient = { readonly name: string; readonly mailbox: string; readonly locale?: string; readonly zone?: string }

/** Names as people have them: long, short, in other scripts, from right to left. */
const regulars: readonly Patient[] = [
  { name: 'Siobhán Okonkwo-Reilly', mailbox: 'siobhan.okonkwo' },
  { name: 'Aleksandra Wiśniewska-Kowalczyk', mailbox: 'a.wisniewska' },
  { name: 'محمد الفارسي', mailbox: 'm.alfarsi' },
  { name: 'Tom Li', mailbox: 'tomli' },
  { name: 'Nguyễn Thị Minh Khai', mailbox: 'minhkhai' },
  { name: 'Hubert Wolfeschlegelsteinhausen', mailbox: 'hubert.w' },
  { name: 'נועה ברק', mailbox: 'noa.barak' },
  { name: 'Ximena Núñez y Ávila', mailbox: 'ximena', locale: 'es' },
  { name: 'Jean-François Lefèvre', mailbox: 'jf.lefevre', locale: 'fr' },
  { name: 'Olúwaṣeun Adébáyọ̀', mailbox: 'seun' },
  { name: 'Ingrid Sørensen', mailbox: 'ingrid' },
  { name: 'Bo Đặng', mailbox: 'bo' },
  { name: 'Κωνσταντίνα Μαυροπούλου', mailbox: 'konstantina' },
  { name: 'Joy Mensah', mailbox: 'joy.mensah' },
  { name: 'Dev Patel', mailbox: 'dev' },
  { name: 'Mateus Carvalho', mailbox: 'mateus' },
  { name: 'Lena Vogt', mailbox: 'lena.vogt' },
  { name: 'Yuki Tanaka', mailbox: 'yuki', zone: 'America/Los_Angeles' },
  { name: 'Theo Papadakis', mailbox: 'theo' },
  { name: 'Carmen Ruiz', mailbox: 'carmen', locale: 'es' },
  { name: 'Fatima Zahra El Amrani', mailbox: 'fz.elamrani' },
  { name: 'Ruth Adler', mailbox: 'ruth' },
  { name: 'Noor Abdi', mailbox: 'noor' },
  { name: 'Eli Brandt', mailbox: 'eli' },
  { name: 'Ivy Chen', mailbox: 'ivy' },
  { name: 'Pádraig Mac Giolla Phádraig', mailbox: 'padraig' },
  { name: 'Marguerite Bouchard-Thériault', mailbox: 'marguerite', locale: 'fr' },
  { name: 'Sam Okafor', mailbox: 'sam.okafor' },
  { name: 'Grace Kim', mailbox: 'grace' },
  { name: 'Ana-Lucía Quispe', mailbox: 'analucia', locale: 'es' },
  { name: 'Anouk de Vries', mailbox: 'anouk' },
  { name: 'Zoë Brontë', mailbox: 'zoe' },
  { name: 'Ola Nordmann', mailbox: 'ola' },
  { name: 'Mia Rossi', mailbox: 'mia' },
  { name: 'عبد الرحمن الخطيب', mailbox: 'a.alkhatib' },
  { name: 'Kofi Owusu 🦷', mailbox: 'kofi' },
]

const given =
  'Ada Ben Chloe Diego Esther Felix Gabriela Hassan Iris Jonas Keiko Leon Mara Nikhil Orla Pavel Quinn Rosa Stefan Tamar Umar Vera'.split(
    ' ',
  )
const family = 'Abbott Baptiste Castillo Dubois Eriksen Fofanah Goldberg Huang Ivanova Jansen Kaya Laurent'.split(' ')

/** The regulars, and those who come twice a year. Every given name meets every family name once before any pair comes again. */
export const patients: readonly Patient[] = [
  ...regulars,
  ...Array.from({ length: 110 }, (_, index) => {
    const [first = '', last = ''] = [given[index % given.length], family[index % family.length]]
    return { name: `${first} ${last}`, mailbox: `${first}.${last}`.toLowerCase() }
  }),
]

export const bookingNotes = [
  null,
  null,
  null,
  'I am a little afraid of needles.',
  'Please call me Sio, not Siobhán.',
  'Could we talk about the night guard again?',
  'I may be five minutes late; my bus arrives at ten to.',
  null,
  null,
] as const

export const deskNotes = [
  'Prefers the chair by the window.',
  'Insurance checked: Northeast Dental PPO, cleaning covered twice a year.',
  'Asked for a quiet appointment, no music.',
  'Latex allergy. Use nitrile gloves.',
] as const

export const tags = ['Insured', 'New patient', 'Family', 'Afraid of needles'] as const

export const cancelReasons = ['I caught a cold.', 'My shift was moved.', null] as const
