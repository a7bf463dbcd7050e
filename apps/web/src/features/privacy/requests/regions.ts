import type { BusinessRegion } from '@frontdesk/contract'

/** Provinces and states whose holidays we know, as they call themselves: [English, French, Spanish]; where one name serves, it stands alone. */
const names: Readonly<Record<BusinessRegion, readonly [en: string, fr?: string, es?: string]>> = {
  'us-al': ['Alabama'],
  'us-la': ['Louisiana', 'Louisiane', 'Luisiana'],
  'us-ms': ['Mississippi', undefined, 'Misisipi'],
  'us-pa': ['Pennsylvania', 'Pennsylvanie', 'Pensilvania'],
  'us-ri': ['Rhode Island'],
  'us-ut': ['Utah'],
  'ca-ab': ['Alberta'],
  'ca-bc': ['British Columbia', 'Colombie-Britannique', 'Columbia Británica'],
  'ca-mb': ['Manitoba'],
  'ca-nb': ['New Brunswick', 'Nouveau-Brunswick', 'Nuevo Brunswick'],
  'ca-nl': ['Newfoundland and Labrador', 'Terre-Neuve-et-Labrador', 'Terranova y Labrador'],
  'ca-ns': ['Nova Scotia', 'Nouvelle-Écosse', 'Nueva Escocia'],
  'ca-nt': ['Northwest Territories', 'Territoires du Nord-Ouest', 'Territorios del Noroeste'],
  'ca-nu': ['Nunavut'],
  'ca-on': ['Ontario'],
  'ca-pe': ['Prince Edward Island', 'Île-du-Prince-Édouard', 'Isla del Príncipe Eduardo'],
  'ca-qc': ['Quebec', 'Québec'],
  'ca-sk': ['Saskatchewan'],
  'ca-yt': ['Yukon'],
}

/** Every one of them. */
export const regions = Object.keys(names) as readonly BusinessRegion[]

/** The name of a province or state in the reader's language. */
export function regionName(region: BusinessRegion, tag: string): string {
  const [en, fr, es] = names[region]
  return (tag.startsWith('fr') ? fr : tag.startsWith('es') ? es : undefined) ?? en
}
