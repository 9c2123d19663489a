package chat.weir.command;

import java.util.Set;

/** Gives tests of other packages access to the envelope types of a command table. */
public final class CommandTypes {
    private CommandTypes() {}

    public static Set<Class<?>> of(CommandTable table) {
        return table.types();
    }
}
