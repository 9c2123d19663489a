package chat.weir;

/** The exit codes of the process. */
final class ExitCode {
    /** Something outside the settings keeps the server from running, such as a port in use. */
    static final int FAILURE = 1;

    static final int BAD_SETTINGS = 2;

    /** A part of the server is stuck; EX_SOFTWARE of sysexits.h. */
    static final int STUCK = 70;

    private ExitCode() {}
}
