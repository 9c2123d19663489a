package chat.weir.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * All actions, weighted by their frequency.
 *
 * <p>Threading: immutable.
 */
final class ActionMix {
    private final List<SimulatedAction> all = new ArrayList<>();

    ActionMix() {
        add(12, ConnectionActions::connect);
        add(10, ConnectionActions::disconnect);
        add(6, ConnectionActions::stopHeartbeats);
        add(5, ConnectionActions::restartHeartbeats);
        add(24, ConnectionActions::identify);
        add(6, ConnectionActions::logIn);
        add(3, ConnectionActions::logOut);
        add(12, ConnectionActions::join);
        add(8, ConnectionActions::leave);
        add(30, MessageActions::sendMessage);
        add(16, ChangeActions::edit);
        add(8, ChangeActions::delete);
        add(2, ChangeActions::moderate);
        add(20, ChangeActions::react);
        add(4, ChangeActions::reactAgain);
        add(12, ChangeActions::unreact);
        add(1, ModerationActions::mute);
        add(4, HistoryActions::readHistory);
        add(16, MessageActions::startTyping);
        add(4, MessageActions::stopTyping);
        add(6, MessageActions::startPrivateChat);
        add(2, MessageActions::block);
        add(1, MessageActions::unblock);
    }

    private void add(int weight, SimulatedAction action) {
        for (int i = 0; i < weight; i++) {
            all.add(action);
        }
    }

    SimulatedAction any(Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
