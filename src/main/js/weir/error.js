// @ts-check

/** The close code of a connection that was lost, or could not be opened (RFC 6455 section 7.1.5). */
export const CONNECTION_LOST = 1006;

/** The code of a request that was not answered in time. */
export const NO_ANSWER = 408;

/**
 * A request that was refused or could not be made. Programs decide by `code` and `reason`; the message is for people,
 * and its wording may change.
 */
export class WeirError extends Error {
  /**
   * @param {string} message
   * @param {number} code of the error envelope, the close code, or 408 if no answer came in time
   * @param {{ reason?: string, retryAfter?: number, type?: string }} [details] `reason`: the machine-readable reason,
   *   or the reason that came with a close; `retryAfter`: seconds; `type`: of the envelope that refused
   */
  constructor(message, code, { reason, retryAfter, type } = {}) {
    super(message);
    this.name = 'WeirError';
    this.code = code;
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.type = type;
  }
}
