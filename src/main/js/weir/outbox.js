// @ts-check
/** @import { Envelope, Fields, MessageFields, SocketLike } from './types.js' */
/** @import { Requests } from './requests.js' */
import { CONNECTION_LOST, WeirError } from './error.js';

/**
 * How long a `ref` protects a message from being stored twice: the server remembers it for five minutes, less the time
 * that the message needs to arrive.
 */
const REF_VALID_MS = 280_000;

/**
 * A way to send messages.
 * @typedef {object} MessageSender
 * @property {SocketLike | null} socket
 * @property {string | null} user
 * @property {(channel: string | undefined) => boolean} isReady whether messages may be sent to a channel
 * @property {(envelope: Envelope) => void} send
 */

/** The messages that are not acknowledged, in order. They outlive connections, and are sent again on the next one. */
export class Outbox {
  #requests;

  /** @param {Requests} requests */
  constructor(requests) {
    this.#requests = requests;
  }

  /**
   * @param {Fields} fields of the message
   * @returns {Promise<any>} the acknowledgement
   */
  add(fields) {
    return this.#requests.add('message', fields).answer;
  }

  /**
   * Sends the messages that can be sent and were not sent on this connection.
   * @param {MessageSender} sender
   */
  flush({ socket, user, isReady, send }) {
    for (const message of this.#requests.ofKind('message')) {
      const { ref, fields, delivery: before = { user, at: Date.now() } } = message;
      if (message.delivery?.socket === socket || !isReady(fields.channel)) {
        continue;
      }
      message.delivery = { ...before, socket };
      if (before.user === user && Date.now() - before.at < REF_VALID_MS) {
        send({ type: 'message', ...fields, ref });
      } else {
        const error = new WeirError('it is unknown whether the message was sent', CONNECTION_LOST, { reason: 'unknown' });
        this.#requests.rejectIf((request) => request === message, error);
      }
    }
  }

  /**
   * Treats a message from the server as the acknowledgement of the same message here. The real one may have been lost,
   * and a server that was restarted without a database does not remember the `ref`.
   * @param {MessageFields} received
   * @param {(channel: string | undefined) => boolean} isSameChannel
   */
  acknowledge({ id, user, text, timestamp }, isSameChannel) {
    const message = this.#requests
      .ofKind('message')
      .find(({ fields, delivery }) => delivery?.user === user && fields.text === text && isSameChannel(fields.channel));
    if (message) {
      this.#requests.settle({ type: 'ack', ref: message.ref, id, timestamp });
    }
  }
}
