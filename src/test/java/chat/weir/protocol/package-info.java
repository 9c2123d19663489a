/** Tests of {@link chat.weir.protocol}, without a server. */
package chat.weir.protocol;
