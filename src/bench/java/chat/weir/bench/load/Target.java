package chat.weir.bench.load;

import java.nio.file.Path;

/**
 * The server under load.
 *
 * @param port the port on 127.0.0.1
 * @param pid the process whose CPU time and memory are measured
 * @param dialect what the server does with text frames
 * @param login whether senders must take a name and answer heartbeats before they may send
 * @param alone whether arriving clients join a channel each, instead of all the same one
 * @param jcmd the program that triggers a garbage collection
 */
public record Target(int port, long pid, Dialect dialect, boolean login, boolean alone, Path jcmd) {}
