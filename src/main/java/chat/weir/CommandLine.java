package chat.weir;

import chat.weir.settings.SettingKey;
import java.io.PrintStream;

/** The output of {@code --help} and {@code --version}. */
final class CommandLine {
    private CommandLine() {}

    static void print(PrintStream out) {
        out.println("weir " + version() + ", a chat server that speaks raw WebSocket");
        out.println();
        out.println("usage: java -jar weir.jar [PORT]");
        out.println("       java -jar weir.jar --help | --version");
        out.println("       java -XX:ArchiveClassesAtExit=weir.jsa -jar weir.jar --training-run");
        out.println("           (serves a few clients of its own, for an archive with which the server starts faster)");
        out.println();
        out.println("Settings come from the environment, or from a file .env in the working directory:");
        out.println();
        for (SettingKey key : SettingKey.values()) {
            out.println("  " + key + "=" + key.defaultValue());
            out.println("      " + key.description() + " (" + key.allowed() + ")");
        }
        out.println();
        out.println(
                "exit status: 1 the server cannot run (a port in use), 2 invalid settings, 70 a part was stuck for a minute");
    }

    /** The version in the jar's manifest. */
    static String version() {
        String version = CommandLine.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
