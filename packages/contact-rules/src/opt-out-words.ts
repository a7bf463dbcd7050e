import type { OptOutScope } from './opt-out.ts'

/** Languages in which wishes are read; all of them are tried, because people write in another one than they chose. */
export const languages = ['en', 'es', 'fr'] as const
export type Language = (typeof languages)[number]

/**
 * Words that ask for something when they are the whole message. `per se` are those of 47 CFR 64.1200(a)(10) with STOPALL of the CTIA and ARRET of the
 * Canadian carriers; the others are certain only where nothing else can be meant. Lower case, without accents.
 */
export const stopWords: { readonly [L in Language]: { readonly sure: readonly string[]; readonly likely: readonly string[] } } = {
  en: { sure: ['stop', 'stopall', 'quit', 'end', 'revoke', 'optout', 'cancel', 'unsubscribe', 'remove'], likely: ['enough', 'halt'] },
  es: {
    sure: ['parar', 'pare', 'paren', 'alto', 'baja', 'basta', 'detener', 'desuscribir', 'desuscribirme'],
    likely: ['para', 'cancelar', 'salir', 'fin', 'suspender'],
  },
  fr: {
    sure: ['arret', 'arreter', 'arretez', 'desabonner', 'desinscrire', 'desinscription', 'desabonnement'],
    likely: ['annuler', 'fin', 'resilier', 'assez'],
  },
}
export const startWords: readonly string[] = [
  'start',
  'unstop',
  'resume',
  'iniciar',
  'alta',
  'reanudar',
  'commencer',
  'reprendre',
  'demarrer',
]
export const helpWords: readonly string[] = ['help', 'info', 'ayuda', 'aide']

/** Words that leave the newsletter when they come by mail, and the texts when they come by text. */
export const leaveWords: readonly string[] = [
  'unsubscribe',
  'baja',
  'desuscribir',
  'desuscribirme',
  'desabonnement',
  'desabonner',
  'desinscrire',
  'desinscription',
]

/** What may stand around such a word without changing it. */
export const fillers: ReadonlySet<string> = new Set(
  (
    'please pls plz i said told you now thanks thank you ok okay it this that all already immediately me us the these those texts text txt txts sms messages message msgs msg emails email mails ' +
    'sending and just hi hello sir yes god for por favor ya gracias todo todos mensajes esto estos los hola si inmediatamente svp stp merci tout tous bonjour ' +
    'maintenant immediatement les ces cela ca oui s il vous te plait a'
  ).split(' '),
)

/** Words near a keyword that are words of their own, so no typing errors. */
export const ownWords: ReadonlySet<string> = new Set(
  (
    'shop step stow spot top post stops stopped stoop slop strop sop quite quiet quilt suit quid send and bend lend tend mend fend eng ens en ned invoke provoke evoke ' +
    'cancels canceled cancelled candle counsel channel remover removed removal part pars pares pared pane pace page paper pale palo parte parada ' +
    'parara pasar pagar paran parir bajo caja bata hasta vasta alta salto auto arreglo arriver arrete stat star smart tart start art held heal hell kelp ' +
    'yelp into inf aid aids idee aida ayudar annuler annulee saler salar fina fine fini din sin faim'
  ).split(' '),
)

export type Phrase = { readonly pattern: RegExp; readonly scope: OptOutScope; readonly sure: boolean }
const say = (scope: OptOutScope, ...patterns: readonly string[]): readonly Phrase[] =>
  patterns.map((pattern) => ({ pattern: new RegExp(`\\b(?:${pattern})\\b`, 'u'), scope, sure: true }))
const maybe = (scope: OptOutScope, ...patterns: readonly string[]): readonly Phrase[] =>
  say(scope, ...patterns).map((phrase) => ({ ...phrase, sure: false }))

// Not what somebody does or did ("you don’t call back"), only what she asks for.
const never = '(?<!\\b(?:i|you|u|we|they|she|he|it) )(?:do not|don t|dont|never|stop|quit|cease|no more)'
const stopIt = '(?:stop|quit|cease)'
const dejen = '(?:dejen|deje|deja|dejad) de'
const arretez = '(?:arretez|arrete|cessez|cesse) de (?:m |me |nous )?'
const neFr = '(?<!\\b(?:je|tu|il|elle|on|nous|vous|ils|elles) )(?:ne m|ne me|ne nous|n|ne)'
const plusFr = '(?:plus|pas|jamais)'

/** Words of the phrases that are put right where one letter is wrong; shorter ones would be mistaken for others. */
export const phraseWords: { readonly [L in Language]: readonly string[] } = {
  en: 'unsubscribe remove number alone contact contacting calling texting sending messages message receiving offers promotions marketing newsletter'.split(
    ' ',
  ),
  es: 'mensajes llamadas llamen contacten molesten escriban publicidad ofertas numero lista'.split(' '),
  fr: 'tranquille appelez contactez ecrivez envoyez messages numero publicite offres'.split(' '),
}
/** Short slips that happen often. */
export const slips: { readonly [written: string]: string } = {
  cal: 'call',
  caling: 'calling',
  txting: 'texting',
  dnt: 'dont',
  donot: 'dont',
  ur: 'your',
}

/** Free wording, the widest reach first: the first that fits is what was meant. */
export const phrases: readonly Phrase[] = [
  ...say(
    'all',
    'leave (?:me|us) (?:the \\w+ )?alone',
    'lose my number',
    '(?:delete|erase|forget|remove) (?:me|my number|all my data|my data) (?:completely|entirely|everywhere)',
    `${never} (?:ever )?(?:contact|contacting|bother|bothering|harass|harassing|reach out to) (?:me|us)`,
    'no (?:more|further) contact',
    `${stopIt} (?:contacting|bothering|harassing)(?: this number)?$`,
    `${never} (?:ever )?(?:call|calling)(?: me| us)? (?:and|or) (?:text|texting|message|messaging|email|emailing|mail|mailing|write|writing)`,
    `${never} (?:ever )?(?:text|texting|message|messaging|email|emailing)(?: me| us)? (?:and|or) (?:call|calling)`,
    'dej(?:en|e|a)(?:me|nos) en paz',
    '(?:no|ya no|nunca) (?:me |nos )?(?:vuelvan? a )?(?:contact|molest|acos)(?:en|e|es|ar|arme)',
    `${dejen} (?:contactar|molestar|acosar)\\w*`,
    '(?:no|ya no|nunca) me llam(?:en|e|es) ni (?:me )?(?:escrib|mand|envi)\\w+',
    'laiss(?:ez|e) (?:moi|nous) tranquilles?',
    '(?:fichez|foutez|fiche|fous) (?:moi|nous) la paix',
    `${neFr} (?:contact|derang|harcel)(?:ez|er|es|e) ${plusFr}`,
    `${arretez}(?:contacter|deranger|harceler)`,
    `${neFr} (?:appelez|appelle) ${plusFr} (?:et|ni|ou) (?:ne )?(?:m |me )?(?:ecri|envo)\\w+`,
  ),
  ...say(
    'marketing',
    `${never} (?:send|sending|get|getting|receive|receiving)?(?: ?me| us)?(?: ?any| ?the| ?your| ?these| ?more)* ?(?:offers|ads?|advertising|advertisements?|promos?|promotions?|marketing|newsletters?|deals|coupons|campaigns?)`,
    '(?:unsubscribe|remove)(?: me)? from (?:the |your |this )?(?:newsletters?|offers|marketing|promotions?|mailing)\\w*',
    '(?:no|stop) (?:the |your |all )?(?:more )?(?:marketing|advertising|promotions?|promos?|offers|ads|newsletters?)',
    `(?:no mas|basta de|no quiero(?: mas| recibir| recibir mas)?|${dejen} (?:enviar|mandar)(?:me|nos)?|no me (?:envien|manden|envie|mande)(?: mas)?|sin) (?:ofertas?|promocion\\w*|publicidad|anuncios|boletin\\w*|propaganda)`,
    '(?:plus|pas|stop|assez) (?:d|de|aux?|la|les)? ?(?:offres|pubs?|publicites?|promos?|promotions?|newsletters?|demarchage|infolettres?|reclames?)',
    `(?:ne m envoyez plus|${arretez}envoyer|ne plus recevoir|je ne veux plus(?: recevoir)?) (?:d|de|vos|les|des|la|votre)? ?(?:offres|pubs?|publicites?|promos?|promotions?|newsletters?|infolettres?)`,
  ),
  ...say(
    'calls',
    `${never} (?:ever )?(?:call|calling|phone|phoning)(?: me| us| my| this| here| again)?`,
    `${never} (?:ever )?(?:ring|ringing|dial|dialing) (?:me|us|my)`,
    'no (?:more |further )?(?:phone )?calls',
    'do not call list',
    'take me off (?:the |your )?(?:call|calling|phone) list',
    '(?:no|ya no|nunca) (?:me |nos )?(?:vuelvan? a )?(?:llam|telefone)(?:en|e|es|ar|arme)',
    `${dejen} (?:llamar|telefonear)\\w*`,
    '(?:no mas|basta de|ni una) llamadas?(?: mas)?',
    `${neFr} (?:appelez|appelles?|telephonez|telephones?|rappelez|rappelles?) ${plusFr}`,
    `${arretez}(?:appeler|telephoner|rappeler)`,
    'plus d appels?',
  ),
  ...say(
    'texts',
    `${never} (?:ever )?(?:text|texting|txt|txting|sms|message|messaging|msg)(?: me| us| this| my)?`,
    `${never} (?:send|sending)(?: me| us)?(?: any| these| this| more| the| your| all| such| so many)* (?:texts?|text messages?|messages?|sms|msgs?|stuff|anything|crap|junk|things)`,
    `${stopIt} sending(?: me| us)?(?: these| this| them| it| to me| now| please)*$`,
    'no (?:more|further) (?:texts?|text messages?|messages?|sms|msgs?)',
    '(?:remove|take|get) (?:me|my number|this number|us) off',
    '(?:remove|take|delete) (?:me|my number|this number|us) (?:from|out)',
    '(?:remove|delete|unsubscribe|unsub) (?:me|my number|this number|us)',
    'opt (?:me )?out',
    'i (?:want|would like|wish|d like) to (?:unsubscribe|opt out|be removed|revoke|stop(?: (?:receiving|getting|these|this|all|your|the)\\b.*)?$)',
    'revoke (?:my )?(?:consent|permission)',
    'i (?:do not|don t|dont|no longer) (?:want|wish)(?: to (?:get|receive|have))?(?: any| these| your| more)* (?:texts?|messages?|sms|msgs?)',
    '(?:no|ya no|nunca) (?:me |nos )(?:vuelvan? a )?(?:escrib(?:an|a|as|ir)|(?:mand|envi)(?:en|e|es|ar) (?:mas|nada|mensajes?|textos?|sms))',
    `${dejen} (?:escribir|mandar|enviar|textear)\\w*`,
    '(?:no mas|basta de) (?:mensajes?|textos?|sms)',
    '(?:quit|borr|elimin|saqu|sac)(?:en|e|a)(?:me|nos) de (?:la|su|esta|tu) lista',
    '(?:quiten|borren|eliminen|quite|borre|elimine) mi numero',
    '(?:dar|den|de|dese)me de baja',
    'no quiero (?:recibir )?(?:mas )?(?:sus |estos )?(?:mensajes?|textos?|sms)',
    `${neFr} (?:ecrivez|ecris) ${plusFr}`,
    `${neFr} (?:envoyez|envoies?) (?:plus|jamais|pas de (?:sms|messages?|textos?))`,
    `${arretez}(?:ecrire|envoyer|texter)`,
    'plus de (?:sms|messages?|textos?)',
    '(?:retirez|enlevez|supprimez|retire|enleve|supprime) moi',
    '(?:retirez|supprimez|effacez|enlevez) mon numero',
    '(?:desabonnez|desinscrivez|desabonne|desinscris) (?:moi|nous)',
    'je (?:ne )?veux plus (?:recevoir )?(?:de |vos |ces |d )?(?:sms|messages?|textos?)',
    'je (?:souhaite|veux|voudrais) (?:me )?(?:desabonner|desinscrire)',
  ),
  ...maybe('all', '^(?:fuck|piss|bugger|f) off', '^go away', 'vayanse a la', '^degagez'),
  ...maybe(
    'texts',
    'wrong (?:number|person)',
    'numero equivocado',
    'persona equivocada',
    '(?:mauvais|faux) numero',
    'vous vous trompez de numero',
  ),
  ...maybe(
    'marketing',
    'not interested(?: thanks| thank you| anymore)*$',
    'no (?:me|nos) interesa$',
    'no estoy interesad[oa]$',
    'pas interessee?s?(?: merci)?$',
    '^(?:this is )?spam$',
  ),
]

/** A wish that is turned around, or that is about a time and not about us: no opt-out. */
export const exceptions: readonly RegExp[] = [
  /\b(?:remove|take|cancel|unsubscribe|delete) (?:me|us) (?:off|from|out of) (?:the |my |your |this )?(?:\w+ )?(?:wait\w*|class\w*|appointments?|schedule|bookings?|sessions?|slots?|events?|calendar|queue)\b/u,
  /\b(?:do not|don t|dont|never|please do not|please don t|pls dont|can t|cant|cannot|couldn t|wouldn t|won t|didn t) (?:stop|quit|cancel|unsubscribe|remove|end|opt)\b/u,
  /\bno (?:pares|paren|pare|dejes de|dejen de|cancelen|cancele)\b/u,
  /\bn ?(?:arretez|arrete|annulez) (?:surtout )?pas\b/u,
  /\b(?:call|calling|phone|ring|text|texting|message|contact)(?: me| us)? (?:before|until|till|til|after|between|so early|so late|this early|this late|that late|that early|too early|too late|later|today|tonight|tomorrow|right now|while|during|this week|this morning|unless|if|yet)\b/u,
  /\b(?:llam\w+|escrib\w+|contact\w+)(?: a| en)? (?:antes|hasta|despues|entre|hoy|manana|tan temprano|tan tarde|durante|si no)\b/u,
  /\b(?:appel\w+|ecri\w+|contact\w+)(?: pas| plus)? (?:avant|jusqu|apres|entre|aujourd|demain|ce matin|ce soir|si tot|si tard|pendant|sauf)\b/u,
  /\b(?:forget|hesitate|hesite\w*|hesitez|duden|dude|oublie\w*|olvid\w+)\b.{0,12}\b(?:call|text|contact|llam\w+|appel\w+|contact\w+)/u,
]
