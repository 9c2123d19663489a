package chat.weir.simulation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gets which name, and who loses it by that.
 *
 * <p>Threading: confined to the test's thread.
 */
final class Naming {
    private static final int REMEMBERED_SECONDS = 300;

    private final Model model;

    Naming(Model model) {
        this.model = model;
    }

    /**
     * What a claim comes to.
     *
     * @param replaced whose connection has to end; null: nobody's
     */
    record Outcome(boolean granted, @Nullable Seat replaced) {}

    private record Right(boolean confirmed, @Nullable Object person) {}

    Outcome claim(Seat seat, String name, @Nullable String secret) {
        String key = View.key(name);
        Seat before = predecessor(seat, key, secret);
        if (!isFree(seat, key, before)) {
            return new Outcome(false, null);
        }
        Right right = right(seat, key, secret, before);
        model.roomsOf(seat).forEach(room -> room.lost.remove(key));
        if (!seat.isCalled(key)) {
            seat.namedAt = model.now();
        }
        if (before == null) {
            model.observe(model.roomsOf(seat), seat, () -> take(seat, name, right));
        } else {
            replace(before, seat, () -> take(seat, name, right));
        }
        seat.client.hasChanged();
        return new Outcome(true, before);
    }

    private boolean isFree(Seat seat, String key, @Nullable Seat before) {
        return model.roomsOf(seat).stream().allMatch(room -> {
            Seat holder = room.holder(key);
            return holder == null || holder.equals(seat) || holder.equals(before);
        });
    }

    private static void take(Seat seat, String name, Right right) {
        seat.name = name;
        seat.confirmed = right.confirmed();
        seat.person = right.person();
    }

    private @Nullable Seat predecessor(Seat seat, String key, @Nullable String secret) {
        Seat holder = model.room(seat.client.own()).holder(key);
        boolean isHis = holder != null
                && !holder.equals(seat)
                && holder.client.own().equals(seat.client.own())
                && secret != null
                && secret.equals(holder.secret);
        return isHis ? holder : null;
    }

    private Right right(Seat seat, String key, @Nullable String secret, @Nullable Seat before) {
        if (before != null) {
            return new Right(seat.confirmed || before.confirmed, before.person);
        }
        Room.Lost lost = model.room(seat.client.own()).lost.get(key);
        boolean isHis = lost != null
                && model.now() - lost.at() <= REMEMBERED_SECONDS
                && secret != null
                && secret.equals(lost.secret());
        return isHis
                ? new Right(seat.confirmed || lost.confirmed(), lost.person())
                : new Right(seat.confirmed, seat.person == null ? new Object() : seat.person);
    }

    /** What the one before was typing he types no more; where only he was, he leaves. */
    private void replace(Seat before, Seat seat, Runnable take) {
        String key = View.key(String.valueOf(before.name));
        List<Room> his = model.roomsOf(before);
        boolean was = before.confirmed;
        Set<Room> all = new LinkedHashSet<>(model.roomsOf(seat));
        all.addAll(his);
        model.observe(all, seat, () -> {
            take.run();
            his.forEach(room -> room.seats.remove(before));
        });
        if (was) {
            his.forEach(room -> model.endTyping(room, key, before));
        }
        his.stream().filter(room -> !room.seats.contains(seat)).forEach(room -> room.lost.remove(key));
        before.name = null;
        before.confirmed = false;
        model.vanish(before);
    }

    /**
     * An account gets its name at once, and no one else can have it. The client leaves the private chats of the guest
     * that it was, except those with this very account, which it may enter as the account.
     */
    void logIn(Seat seat) {
        List<String> chats = model.roomsOf(seat).stream()
                .filter(room -> room.isPrivate() && !room.owners.contains(seat.human))
                .map(room -> room.id)
                .toList();
        chats.forEach(id -> model.leave(seat, id));
        model.observe(model.roomsOf(seat), seat, () -> {
            take(seat, seat.human.favourite(), new Right(true, seat.human));
            seat.loggedIn = true;
            seat.secret = null;
        });
        seat.client.hasChanged();
    }
}
