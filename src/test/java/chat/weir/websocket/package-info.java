/** Tests of {@link chat.weir.websocket}, without a chat server. */
package chat.weir.websocket;
