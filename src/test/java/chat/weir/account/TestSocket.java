package chat.weir.account;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records why its logins ended. */
final class TestSocket implements LoginRegistry.Socket {
    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void loginEnded(String reason) {
        reasons.add(reason);
    }

    List<String> reasons() {
        return reasons;
    }
}
