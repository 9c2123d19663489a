/** What tests of the whole server are made of: the server with a time of its own, a client, and a raw socket. */
package chat.weir.testing;
