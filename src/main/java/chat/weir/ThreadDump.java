package chat.weir;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;

/**
 * What all threads do at a moment, to be logged as the stack trace of one event: a suppressed exception for each thread.
 * Rejected: text in the event's message, in which the log replaces the ends of lines, since they could be a client's.
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
