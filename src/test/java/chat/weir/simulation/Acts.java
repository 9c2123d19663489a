package chat.weir.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * All that people do, some of it more often.
 *
 * <p>Threading: immutable.
 */
final class Acts {
    private final List<Act> all = new ArrayList<>();

    Acts() {
        add(12, Coming::connect);
        add(10, Coming::vanish);
        add(6, Coming::fallSilent);
        add(5, Coming::wake);
        add(24, Coming::identify);
        add(6, Coming::logIn);
        add(3, Coming::logOut);
        add(10, Coming::join);
        add(8, Coming::leave);
        add(30, Talking::say);
        add(16, Talking::type);
        add(4, Talking::doneTyping);
        add(6, Talking::speakInPrivate);
        add(2, Talking::block);
        add(1, Talking::unblock);
    }

    private void add(int weight, Act act) {
        for (int i = 0; i < weight; i++) {
            all.add(act);
        }
    }

    Act any(Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
