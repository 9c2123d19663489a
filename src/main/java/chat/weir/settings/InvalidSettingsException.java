package chat.weir.settings;

import java.util.List;

/** Some settings are wrong; the message has a line for each. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
