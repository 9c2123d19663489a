/**
 * Two hundred people who come, talk, fall silent and vanish by chance, what each of their clients believes, and what is
 * true: a model that is computed from what they do, and never from what the server says.
 */
package chat.weir.simulation;
