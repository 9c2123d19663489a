/** What this room does by itself, without a server around it. */
package chat.weir.channel.presence;
