/** The documents: their links, settings and targets exist, and the server does what their examples show. */
package chat.weir.documentation;
