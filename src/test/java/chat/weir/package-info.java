/** Tests of the architecture, of the complete server, and of the jar as an operator runs it. */
package chat.weir;
