/** What holds for the whole: its structure, and the jar as an operator runs it. */
package chat.weir;
