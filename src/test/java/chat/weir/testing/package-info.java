/** Building blocks for tests of the complete server: the server with a fake time, a client, and a raw socket. */
package chat.weir.testing;
