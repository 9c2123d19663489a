// @ts-check
/** @import { WeirError } from './error.js' */

/**
 * An envelope. The fields of each type are described in the protocol.
 * @typedef {{ type: string, ref?: string, [field: string]: any }} Envelope
 */

/**
 * The fields of an envelope, without its type.
 * @typedef {Record<string, any>} Fields
 */

/**
 * @typedef {object} MessageFields
 * @property {number} id rises within a channel
 * @property {string} user
 * @property {string} text
 * @property {number} timestamp seconds since the epoch
 * @property {number} [replyTo] the id of the message that this one answers
 * @property {number} [edited] in a page of history: when it was last edited, in seconds since the epoch
 * @property {Record<string, string[]>} [reactions] in a page of history: the names by emoji
 * @property {Record<string, number>} [reactionCounts] in a page of history: of the emojis with more than 50 names
 */

/**
 * A change of a message. `id`: of the message. `user`: who changed it. `seq`: its place in the order of the channel. An
 * envelope of the same type with a `ref` instead confirms the client's own request.
 * @typedef {Envelope & { channel: string, id?: number, user?: string, seq?: number }} ChangeEvent
 */

/**
 * @typedef {'connecting' | 'open' | 'waiting' | 'closed'} ConnectionState `waiting`: to reconnect
 */

/**
 * A change of the connection's state. `delay`: milliseconds until the client reconnects; null: it does not. `code` and
 * `reason`: of the close, after a loss.
 * @typedef {{ state: ConnectionState, delay?: number | null, code?: number, reason?: string }} StateEvent
 */

/**
 * The events of a client whose fields are known here. Every other envelope is an event too.
 * @typedef {object} ClientEvents
 * @property {StateEvent} state
 * @property {{ channel: string, after: number | undefined }} gap too many messages were missed after this id, or it is
 *   unknown: read the history
 * @property {{ user: string }} identified the client may send messages, for the first time or again
 * @property {{ error: WeirError }} lost the name or login could not be restored after a lost connection
 * @property {Envelope & MessageFields & { channel: string }} message
 * @property {Envelope & { id?: number, user?: string, channel: string }} read the user has read the channel up to this id;
 *   the confirmation of `markRead` has neither
 * @property {ChangeEvent & { text?: string, timestamp?: number }} edit
 * @property {ChangeEvent} delete
 * @property {ChangeEvent & { emoji?: string }} react
 * @property {ChangeEvent & { emoji?: string }} unreact
 * @property {Envelope & { code: number, message: string, reason: string, retryAfter?: number }} error
 */

/**
 * @template {string} T
 * @typedef {T extends keyof ClientEvents ? ClientEvents[T] : Envelope & { channel: string }} EventOf
 */

/**
 * What the client needs of a WebSocket. Both the one of browsers and that of the library `ws` have it.
 * @typedef {object} SocketLike
 * @property {(data: string) => void} send
 * @property {() => void} close
 * @property {any} onmessage
 * @property {any} onclose
 * @property {any} onerror
 */

/**
 * Durations are in milliseconds.
 * @typedef {object} ClientOptions
 * @property {{ new (url: string): SocketLike }} WebSocket the class to use; the global one by default
 * @property {() => number} random as Math.random
 * @property {number} silence without any frame, after which the client probes the connection
 * @property {number} probing to wait for the answer to a probe
 * @property {number} patience to wait for any other answer
 * @property {number} firstDelay before the first attempt to reconnect
 * @property {number} longestDelay before any attempt to reconnect
 * @property {number} settled how long a connection must last for the next delay to be short again
 */
