package chat.weir.history;

import chat.weir.protocol.ChannelId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of texts by their UTF-8 bytes, which is that of both databases; Java's own differs beyond U+FFFF. */
final class Utf8Order {
    static final Comparator<String> TEXTS =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    static final Comparator<ChannelId> CHANNELS = Comparator.comparing(ChannelId::value, TEXTS);

    private Utf8Order() {}
}
