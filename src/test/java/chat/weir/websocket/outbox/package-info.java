/** The outbox by itself, over real sockets. */
package chat.weir.websocket.outbox;
