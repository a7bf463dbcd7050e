/** Notices to people who are affected, and mails to whoever decides. */
export const breachWordsFr = {
  'notice/subject': 'Au sujet de vos données chez {business}',
  'notice/hello': 'Bonjour {name},',
  'notice/what': 'il s’est produit chez {business} quelque chose qui concerne vos données. Nous l’avons remarqué le {detected}.',
  'notice/when': 'Cela s’est produit le {began}.',
  'notice/whenRange': 'Cela s’est produit entre le {began} et le {ended}.',
  'notice/story': 'Ce qui s’est passé : {what}',
  'notice/data': 'Ces sortes de données vous concernant s’y trouvaient : {data}.',
  'notice/measures': 'Ce que nous avons fait : {measures}',
  'notice/advice':
    'Ce que vous pouvez faire : méfiez-vous des messages et appels qui mentionnent vos données, ne donnez ni codes ni mots de passe, et dites-nous si quelque chose vous semble étrange. Aux États-Unis, vous pouvez aussi demander gratuitement à Equifax, Experian et TransUnion une alerte à la fraude ou un gel de crédit.',
  'notice/contact': 'Des questions ? {officer} y répond : {contact}.',
  'notice/authority':
    'Vous pouvez aussi vous plaindre auprès de l’autorité de protection des données ou du procureur général de votre État.',
  'notice/regards': 'Nous sommes désolés.\n{business}',
  'member/subject': 'Au sujet de votre compte chez {business}',
  'member/data':
    'Votre nom, votre adresse électronique et ce qui appartient à votre compte s’y trouvaient : comment vous vous connectez, quand et depuis quels appareils.',
  'member/advice':
    'Ce que vous devez faire maintenant : choisissez un nouveau mot de passe, et un autre partout où vous utilisiez le même ; regardez dans les réglages où vous êtes connecté et mettez fin à ce que vous ne connaissez pas ; ajoutez un second facteur ou une clé d’accès. Méfiez-vous des messages qui mentionnent votre compte, et ne donnez pas de codes.',
  'data/name': 'votre nom',
  'data/contact_details': 'vos adresses et numéros',
  'data/identifier': 'des identifiants',
  'data/credential': 'des moyens de connexion',
  'data/preference': 'vos souhaits',
  'data/appointment': 'vos rendez-vous',
  'data/communication': 'les messages échangés avec nous',
  'data/behaviour': 'ce que vous avez fait ici',
  'data/device': 'des appareils',
  'data/location': 'des lieux',
  'data/financial': 'des montants',
  'data/free_text': 'des notes',
  'data/proof': 'ce que vous avez accepté ou demandé',
  'office/reportedSubject': 'Incident {number} : à regarder maintenant',
  'office/reported':
    'Quelqu’un a signalé un incident touchant des données personnelles chez {business} :\n\n{what}\n\nLes délais de la loi courent. Regardez-le, dites s’il est grave et décidez qui prévenir.',
  'office/byOperatorSubject': 'Incident {number} : signalé par la personne qui gère le serveur',
  'office/byOperator':
    'La personne qui gère le serveur de {business} signale un incident qui touche ses données :\n\n{what}\n\nLes délais de la loi courent à partir de maintenant. Regardez-le, dites s’il est grave et décidez qui prévenir.',
  'office/dueSoonSubject': 'Incident {number} : {duty} arrive à échéance',
  'office/dueSoon': 'Il reste moins d’un jour pour ce devoir : {duty}.',
  'office/overdueSubject': 'Incident {number} : {duty} est en retard',
  'office/overdue': 'Le délai de ce devoir est passé et personne n’a noté qu’il a été rempli : {duty}.',
} as const
