/** The whole server as its clients meet it: real sockets, and a time that stands still unless a test moves it. */
package chat.weir.functional;
