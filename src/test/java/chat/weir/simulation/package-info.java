/**
 * A randomised, model-based test of the complete server. Two hundred simulated users connect, chat, stop answering and
 * disconnect at random. The model computes the expected state from their actions alone, never from what the server
 * sends; each client's view is compared with it.
 */
package chat.weir.simulation;
