import { BlockList, isIP } from 'node:net'
import { definePort } from '../../../platform/events/index.ts'
import {
  callOutside,
  isOutside,
  type OutboundAnswer,
  type OutboundCall,
  type OutboundRefusal,
  readOutboundUrl,
} from '../../../platform/http/index.ts'

/** Where calendars elsewhere may be asked. */
export type CalendarReach = {
  /** What is wrong with an address before anybody is asked. */
  readonly refuses: (address: string) => OutboundRefusal | undefined
  /** Asks it. Throws `OutboundRefused` before anything is sent, and the error of the connection otherwise. */
  readonly ask: (address: string, call: OutboundCall) => Promise<OutboundAnswer>
}

/** Filled by the house. */
export const calendarSurroundings = definePort<CalendarReach>('scheduling.calendars')

/** The open internet by https, and the networks that the operator names: there by http too, and by names of the house such as `calendar.lan`. */
export function calendarReach(networks: readonly string[]): CalendarReach {
  const named = networksOf(networks)
  const outside = { protocols: ['https:'], isOutside: (address: string) => isOutside(address) || named(address) }
  const inside = { protocols: ['https:', 'http:'], isOutside: named, insideNames: true }
  const waysTo = (address: string) => {
    const open = readOutboundUrl(address, outside.protocols, outside.isOutside)
    if (typeof open !== 'string') return { way: outside }
    if (networks.length === 0) return { why: open }
    const house = readOutboundUrl(address, inside.protocols, inside.isOutside, true)
    return typeof house === 'string' ? { why: open } : { way: inside }
  }
  return {
    refuses: (address) => waysTo(address).why,
    ask: (address, call) => callOutside(address, call, waysTo(address).way ?? outside),
  }
}

function networksOf(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [net = '', bits] = network.split('/')
    const family = isIP(net) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(net, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** The address that is asked: subscriptions are written `webcal://`, which is https (or, in a house's own network, http). */
export const addressToAsk = (typed: string): string => typed.trim().replace(/^webcals?:\/\//i, 'https://')
