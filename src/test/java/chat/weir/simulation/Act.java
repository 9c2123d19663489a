package chat.weir.simulation;

import org.jspecify.annotations.Nullable;

/** Something that somebody does, in truth and on the wire. */
interface Act {
    /** Lets chance pick who does it. @return what it was; null: nobody could do that now */
    @Nullable
    String play(Crowd crowd);
}
