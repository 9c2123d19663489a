package chat.weir.settings;

import java.util.List;

/** Some settings are invalid. The message has one line for each problem. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
