/** Tests of the documents: their links, settings and targets exist, and the server behaves as in their examples. */
package chat.weir.documentation;
