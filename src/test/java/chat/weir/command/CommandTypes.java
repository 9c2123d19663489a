package chat.weir.command;

import java.util.Set;

/** Shows tests of the wiring which envelopes a table has commands for. */
public final class CommandTypes {
    private CommandTypes() {}

    public static Set<Class<?>> of(CommandTable table) {
        return table.types();
    }
}
