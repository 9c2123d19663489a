package chat.weir.bench;

import chat.weir.bench.load.Dialect;
import chat.weir.bench.load.Scenario;
import java.util.List;
import java.util.Map;

/**
 * Any other server, given by its command line, such as {@code /tmp/floor {port}}. A shell interprets the command line,
 * so words can be quoted, and replaces itself by the command: the process that is measured and stopped is the server.
 *
 * @param commandLine one command, with {@code {port}} where the port belongs
 */
record Reference(String commandLine, Dialect dialect) implements Contender {
    static final String TITLE = "reference";
    private static final String PORT = "{port}";

    Reference {
        if (!commandLine.contains(PORT)) {
            throw new IllegalArgumentException("REFERENCE must be a command line that contains " + PORT);
        }
    }

    @Override
    public String title() {
        return TITLE;
    }

    /** Idle connections need heartbeats, and arrivals need names and lists of users. */
    @Override
    public boolean takesPartIn(Scenario scenario) {
        return scenario.isBroadcast() || scenario == Scenario.F || (scenario == Scenario.E && isChat());
    }

    @Override
    public boolean requiresLogin() {
        return isChat();
    }

    @Override
    public List<String> command(Scenario scenario, Settings settings, int port) {
        return List.of("sh", "-c", "exec " + commandLine.replace(PORT, Integer.toString(port)));
    }

    /** Weir's settings if it speaks Weir's protocol: it may be another version of Weir. */
    @Override
    public Map<String, String> environment() {
        return isChat() ? JvmContender.WEIR.environment() : Map.of();
    }

    private boolean isChat() {
        return dialect == Dialect.CHAT;
    }
}
