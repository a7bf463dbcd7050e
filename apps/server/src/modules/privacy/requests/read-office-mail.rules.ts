import { readOptOut } from '@frontdesk/contact-rules'
import type { RequestKind } from '@frontdesk/contract'

/** Words that tell what somebody asks for, in the languages we ship; the first that fits counts. */
const signs: readonly (readonly [RequestKind, RegExp])[] = [
  ['withdrawal', /\b(withdraw|revoke|take back)\b.{0,40}\bconsent|retir\w*.{0,40}consentimiento|retir\w*.{0,40}consentement/i],
  ['opt_out', /\b(do not|don.t|stop)\b.{0,20}\b(sell|share)|no vend\w*|ne (pas )?vend\w*|shar(e|ing) my (personal )?(data|information)/i],
  ['human_review', /\b(automated|automatic) decision|decisi[oó]n autom|d[eé]cision automatis/i],
  ['anonymization', /\banonymi[sz]e|anonimi[zc]|anonymis/i],
  [
    'erasure',
    /\b(delete|erase|remove)\b.{0,60}\b(data|information|account|details|everything|me)\b|right to be forgotten|(borr|elimin|suprim)\w*.{0,40}(datos|cuenta|todo)|(supprim|effac)\w*.{0,40}(donn[eé]es|compte|tout)/i,
  ],
  ['portability', /\bportab|another provider|otro proveedor|autre prestataire/i],
  [
    'rectification',
    /\b(correct|rectify|fix)\b.{0,40}\b(data|information|address|name|number|details)|rectific|corrig\w*.{0,40}(datos|nombre|direcci[oó]n)|(corrig|rectifi)\w*.{0,40}(donn[eé]es|nom|adresse)/i,
  ],
  ['restriction', /\brestrict\w*.{0,40}\b(processing|data|use)|limit\w*.{0,30}(tratamiento|traitement)/i],
  ['access', /\b(copy|access|what)\b.{0,60}\b(data|information)\b|(copia|acceso).{0,40}datos|(copie|acc[eè]s).{0,40}donn[eé]es/i],
]

/**
 * What a mail to the privacy office asks for. Wishes not to be written to are read as everywhere else; what fits nothing is a complaint, whose clock is the strictest and which
 * the fewest eyes see.
 */
export function kindOfMail({ subject, text }: { readonly subject: string; readonly text: string }, locale: string): RequestKind {
  const said = `${subject}\n${text}`.slice(0, 20_000)
  const found = signs.find(([, sign]) => sign.test(said))
  if (found) return found[0]
  const wish = readOptOut(text.trim() === '' ? subject : text, locale, 'email')
  return wish !== null && wish.wish !== 'help' && wish.wish !== 'start' ? 'objection' : 'complaint'
}
