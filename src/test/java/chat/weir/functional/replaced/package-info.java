/**
 * Section 11 of the protocol: for each chat server that this one replaces a class, for each row of its events a test
 * that plays what its clients did, in our envelopes. Moderation and the cluster have no row here before they exist.
 */
package chat.weir.functional.replaced;
