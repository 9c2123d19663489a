/** The descriptors by themselves, without a server around them. */
package chat.weir.websocket.descriptor;
