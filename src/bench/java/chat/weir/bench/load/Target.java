package chat.weir.bench.load;

import java.nio.file.Path;

/**
 * The server under load.
 *
 * @param port where it listens on 127.0.0.1
 * @param pid its process, whose CPU time and memory are read
 * @param login whether its senders have to take a name and answer heartbeats before they may speak
 * @param alone whether those who arrive do so in a channel each, instead of all in one
 * @param jcmd the program that makes it collect its garbage
 */
public record Target(int port, long pid, boolean login, boolean alone, Path jcmd) {}
