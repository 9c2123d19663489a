/** Tests of the complete server over real sockets, with a time that only tests advance. */
package chat.weir.functional;
