package chat.weir.functional.replaced;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The commands that make would run, by {@code make -n}. */
final class StartCommands {
    private StartCommands() {}

    /** The commands of a target, with variables as on make's command line. */
    static String of(String target, String... variables) {
        String[] command = new String[variables.length + 3];
        command[0] = "make";
        command[1] = "-n";
        command[2] = target;
        System.arraycopy(variables, 0, command, 3, variables.length);
        ProcessBuilder make = new ProcessBuilder(command).redirectErrorStream(true);
        // Removes the settings of a make that runs this build.
        make.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        make.environment().remove("PORT");
        try {
            Process process = make.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("make " + target + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
