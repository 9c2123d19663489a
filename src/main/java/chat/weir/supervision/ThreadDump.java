package chat.weir.supervision;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/**
 * The stack traces of all threads, to be logged as one event: each thread is a suppressed exception. Rejected: text in
 * the event's message, where the log replaces line ends, because they could come from a client.
 */
final class ThreadDump extends Exception {
    private static final long serialVersionUID = 1L;

    private ThreadDump() {
        super("all threads", null, true, false);
    }

    /** One thread. */
    private static final class Stack extends Exception {
        private static final long serialVersionUID = 1L;

        Stack(ThreadInfo thread) {
            super(describe(thread));
            setStackTrace(thread.getStackTrace());
        }

        private static String describe(ThreadInfo thread) {
            String text = "\"" + thread.getThreadName() + "\" " + thread.getThreadState();
            if (thread.getLockName() != null) {
                text += " waits for " + thread.getLockName();
            }
            if (thread.getLockOwnerName() != null) {
                text += " held by \"" + thread.getLockOwnerName() + "\"";
            }
            return text;
        }
    }

    static ThreadDump now() {
        ThreadDump dump = new ThreadDump();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false)) {
            dump.addSuppressed(new Stack(thread));
        }
        return dump;
    }
}
