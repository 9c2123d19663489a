/** Tests of {@link chat.weir.connection}, without a server. */
package chat.weir.connection;
