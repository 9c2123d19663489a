/** Settings as operators write them, right and wrong. */
package chat.weir.settings;
