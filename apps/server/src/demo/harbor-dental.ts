/** A fictional clinic on the coast of Maine. Numbers and addresses are of the ranges that are kept free for fiction (555-01xx, RFC 2606). */

export const clinic = {
  name: 'Harbor Dental',
  zone: 'America/New_York',
  locale: 'en-US',
  currency: 'USD',
  country: 'US',
  owner: 'Dana Whitfield',
  email: 'dana@harbordental.example',
} as const

/** Monday to Friday with a lunch break, and Saturday mornings. */
export const week = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, from: '08:00', to: '12:00' },
  { weekday, from: '13:00', to: '17:00' },
]).concat([{ weekday: 6, from: '09:00', to: '12:00' }])

export const people = [
  { name: 'Dr. Amara Nwosu', hue: 345 },
  { name: 'Dr. Elias Haddad', hue: 195 },
  { name: 'Luis Ferreira', hue: 140 },
] as const

export const services = [
  { name: 'Cleaning and check-up', slug: 'cleaning', durationMinutes: 45, bufferAfterMinutes: 10, price: '14000', by: [0, 1, 2], hue: 345, description: 'A thorough cleaning, a look at every tooth, and time for questions. New patients welcome.' },
  { name: 'Toothache, soon', slug: 'toothache', durationMinutes: 30, bufferAfterMinutes: 0, price: '9500', by: [0, 1], hue: 30, description: 'Often the same day. Tell us where it hurts, and since when.' },
  { name: 'Whitening', slug: 'whitening', durationMinutes: 75, bufferAfterMinutes: 15, price: '32000', by: [2], hue: 195, description: 'In one visit. Not for children or during pregnancy.' },
  { name: 'Talk about braces or aligners', slug: 'braces', durationMinutes: 20, bufferAfterMinutes: 0, price: null, by: [1], hue: 280, description: 'A first talk by video, before anybody measures anything.' },
] as const

/** Names as people have them: long, short, in other scripts, from right to left. */
export const patients = [
  'Siobhán Okonkwo-Reilly', 'Aleksandra Wiśniewska-Kowalczyk', 'محمد الفارسي', 'Tom Li', 'Nguyễn Thị Minh Khai', 'Hubert Wolfeschlegelsteinhausen', 'נועה ברק', 'Ximena Núñez y Ávila',
  'Jean-François Lefèvre', 'Olúwaṣeun Adébáyọ̀', 'Ingrid Sørensen', 'Bo Đặng', 'Κωνσταντίνα Μαυροπούλου', 'Joy Mensah', 'Dev Patel', 'Mateus Carvalho', 'Lena Vogt', 'Yuki Tanaka',
  'Theo Papadakis', 'Carmen Ruiz', 'Fatima Zahra El Amrani', 'Ruth Adler', 'Noor Abdi', 'Eli Brandt', 'Ivy Chen', 'Pádraig Mac Giolla Phádraig', 'Marguerite Bouchard-Thériault', 'Sam Okafor',
  'Grace Kim', 'Ana-Lucía Quispe', 'Anouk de Vries', 'Zoë Brontë', 'Ola Nordmann', 'Mia Rossi', 'عبد الرحمن الخطيب', 'Kofi Owusu 🦷',
] as const

export const bookingNotes = [
  null, null, null,
  'I am a little afraid of needles.',
  'Please call me Sio, not Siobhán.',
  'Could we talk about the night guard again?',
  'I may be five minutes late; my bus arrives at ten to.',
  null,
] as const

export const deskNotes = [
  'Prefers the chair by the window.',
  'Insurance checked: Northeast Dental PPO, cleaning covered twice a year.',
  'Asked for a quiet appointment, no music.',
  'Latex allergy. Use nitrile gloves.',
] as const

export const cancelReasons = ['I caught a cold.', 'My shift was moved.', null] as const
