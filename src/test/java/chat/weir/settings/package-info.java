/** Valid and invalid settings as operators write them. */
package chat.weir.settings;
