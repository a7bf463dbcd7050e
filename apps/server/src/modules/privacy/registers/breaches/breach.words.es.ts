/** Notices to people who are affected, and mails to whoever decides. */
export const breachWordsEs = {
  'notice/subject': 'Sobre tus datos en {business}',
  'notice/hello': 'Hola, {name}:',
  'notice/what': 'en {business} ha ocurrido algo que afecta a tus datos. Lo advertimos el {detected}.',
  'notice/when': 'Ocurrió el {began}.',
  'notice/whenRange': 'Ocurrió entre el {began} y el {ended}.',
  'notice/story': 'Qué pasó: {what}',
  'notice/data': 'Allí estaban estos tipos de datos tuyos: {data}.',
  'notice/measures': 'Qué hemos hecho: {measures}',
  'notice/advice':
    'Qué puedes hacer: desconfía de mensajes y llamadas que mencionen tus datos, no des códigos ni contraseñas y avísanos si algo te parece raro. En Estados Unidos también puedes pedir gratis a Equifax, Experian y TransUnion una alerta de fraude o un bloqueo de crédito.',
  'notice/contact': '¿Preguntas? {officer} las responde: {contact}.',
  'notice/authority': 'También puedes reclamar ante la autoridad de protección de datos o ante la fiscalía general de tu estado.',
  'notice/regards': 'Lo sentimos.\n{business}',
  'member/subject': 'Sobre tu cuenta en {business}',
  'member/data':
    'Allí estaban tu nombre, tu dirección de correo y lo que pertenece a tu cuenta: cómo entras, cuándo y desde qué dispositivos.',
  'member/advice':
    'Qué debes hacer ahora: elige una contraseña nueva, y otra donde usaras la misma; mira en Ajustes dónde tienes la sesión abierta y cierra lo que no conozcas; añade un segundo factor o una llave de acceso. Desconfía de mensajes que mencionen tu cuenta y no des códigos.',
  'data/name': 'tu nombre',
  'data/contact_details': 'tus direcciones y números',
  'data/identifier': 'identificadores',
  'data/credential': 'formas de entrar',
  'data/preference': 'tus deseos',
  'data/appointment': 'tus citas',
  'data/communication': 'los mensajes con nosotros',
  'data/behaviour': 'lo que hiciste aquí',
  'data/device': 'dispositivos',
  'data/location': 'lugares',
  'data/financial': 'importes',
  'data/free_text': 'notas',
  'data/proof': 'lo que aceptaste o pediste',
  'office/reportedSubject': 'Incidente {number}: míralo ahora, por favor',
  'office/reported':
    'Alguien ha comunicado un incidente con datos personales en {business}:\n\n{what}\n\nLos plazos de la ley ya corren. Míralo, di cómo es de grave y decide a quién avisar.',
  'office/byOperatorSubject': 'Incidente {number}: lo comunica quien lleva el servidor',
  'office/byOperator':
    'Quien lleva el servidor de {business} comunica un incidente que afecta a sus datos:\n\n{what}\n\nLos plazos de la ley corren desde ahora. Míralo, di cómo es de grave y decide a quién avisar.',
  'office/dueSoonSubject': 'Incidente {number}: vence pronto {duty}',
  'office/dueSoon': 'Queda menos de un día para este deber: {duty}.',
  'office/overdueSubject': 'Incidente {number}: ha vencido {duty}',
  'office/overdue': 'El plazo de este deber ha terminado y nadie ha anotado que se cumpliera: {duty}.',
} as const
