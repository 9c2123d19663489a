/**
 * Section 11 of the protocol: one class for each chat server that Weir replaces, and one test for each row of its
 * events,
 * which performs the same actions with the envelopes of Weir.
 */
package chat.weir.functional.replaced;
