/** Tests of {@link chat.weir.channel}, without a server. */
package chat.weir.channel;
