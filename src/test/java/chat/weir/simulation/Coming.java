package chat.weir.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Coming, going, and everything between the two. */
final class Coming {
    private static final int MOST_SEATS_OF_AN_ACCOUNT = 3;

    private Coming() {}

    /** For the first time, again, once more, or while the connection before still hangs. */
    static @Nullable String connect(Crowd crowd) {
        Human human = crowd.human(one -> mayConnect(crowd, one));
        return human == null ? null : connect(crowd, human);
    }

    private static boolean mayConnect(Crowd crowd, Human human) {
        if (human.seats == 0) {
            return true;
        }
        if (human.hasAccount()) {
            return human.seats < MOST_SEATS_OF_AN_ACCOUNT;
        }
        return human.seats == 1
                && crowd.model().seats().stream()
                        .anyMatch(seat -> seat.human.equals(human) && !seat.client.answering());
    }

    private static String connect(Crowd crowd, Human human) {
        String channel = human.lastChannel;
        if (channel == null || crowd.oneIn(4)) {
            // The fuller ones come first.
            List<String> ids = crowd.scene().channelIds();
            channel = ids.get(crowd.below(1 + crowd.below(ids.size())));
        }
        long since = channel.equals(human.lastChannel) && !crowd.oneIn(8) ? human.lastId : 0;
        Client.Entrance entrance = new Client.Entrance(
                channel, crowd.oneIn(4), since, crowd.scene().oneListIsEnough());
        Client client = crowd.open(entrance);
        Seat seat = new Seat(client, human);
        crowd.model().sit(seat);
        human.seats++;
        if (!channel.equals(human.lastChannel)) {
            human.lastChannel = channel;
            human.lastId = 0;
        }
        JsonNode greeting = client.greeting();
        if (since > 0) {
            Room room = crowd.model().room(channel);
            List<Room.Said> missed =
                    room.messages.stream().filter(said -> said.id() > since).toList();
            boolean isRecovered = missed.size() <= crowd.scene().mostMissed();
            assertEquals(
                    Boolean.toString(isRecovered), greeting.get("recovered").asString(), "recovered");
            if (isRecovered) {
                missed.forEach(said -> Model.expected(seat, room).message(said.toString()));
            }
        }
        client.ask("{'type':'users'");
        return human + " connects to " + entrance.path();
    }

    /** Without a word; the network may say so or not. */
    static @Nullable String vanish(Crowd crowd) {
        Seat seat = crowd.seat(one -> true);
        if (seat == null) {
            return null;
        }
        String what = seat + " vanishes";
        boolean reset = crowd.oneIn(2);
        seat.client.cut(reset);
        leave(seat, crowd);
        crowd.awaitGone();
        return what + (reset ? " by a reset" : "");
    }

    /** The truth of it. */
    private static void leave(Seat seat, Crowd crowd) {
        remember(seat);
        crowd.model().vanish(seat);
    }

    private static void remember(Seat seat) {
        Human human = seat.human;
        human.seats--;
        View own = seat.client.views().get(seat.client.own());
        if (own != null && seat.client.own().equals(human.lastChannel)) {
            human.lastId = Math.max(human.lastId, own.lastId());
        }
    }

    /** From now on his heartbeats are not answered, or they are again. */
    static @Nullable String fallSilent(Crowd crowd) {
        Seat seat = crowd.seat(one -> one.client.answering());
        if (seat == null) {
            return null;
        }
        seat.client.answering(false);
        return seat + " does not answer any more";
    }

    static @Nullable String wake(Crowd crowd) {
        Seat seat = crowd.seat(one -> !one.client.answering());
        if (seat == null) {
            return null;
        }
        seat.client.answering(true);
        return seat + " answers again";
    }

    /** Takes a name, another, somebody else's, or his own back. */
    static @Nullable String identify(Crowd crowd) {
        // Who has no name wants one more than others want another.
        Seat nameless = crowd.seat(one -> one.name == null && one.client.answering());
        Seat seat = nameless == null || crowd.oneIn(4) ? crowd.seat(one -> !one.loggedIn) : nameless;
        if (seat == null) {
            return null;
        }
        Human human = seat.human;
        boolean mayResume =
                seat.name == null && human.secret != null && seat.client.own().equals(human.secretChannel);
        boolean resumes = mayResume && !crowd.oneIn(4);
        String name = resumes && human.lastName != null ? spelled(crowd, human.lastName) : wish(crowd, human);
        String secret = resumes ? human.secret : null;
        String what = seat + " wants to be " + name + (resumes ? " again" : "");
        JsonNode answer = seat.client.ask(
                "{'type':'identity','user':'" + name + "'" + (secret == null ? "" : ",'resume':'" + secret + "'"));
        String reason = answer.path("reason").asString("");
        if (crowd.isRegistered(name)) {
            assertEquals("registered", reason, what);
            return what + ": registered";
        }
        Naming.Outcome outcome = new Naming(crowd.model()).claim(seat, name, secret);
        assertEquals(outcome.granted() ? "" : "taken", reason, what);
        if (!outcome.granted()) {
            return what + ": taken";
        }
        seat.secret = answer.get("resume").asString();
        human.secret = seat.secret;
        human.secretChannel = seat.client.own();
        human.lastName = name;
        Seat replaced = outcome.replaced();
        if (replaced != null) {
            remember(replaced);
            assertEquals(4501, replaced.client.awaitClose());
            crowd.awaitGone();
        }
        return what + (replaced == null ? "" : " and replaces himself");
    }

    private static String wish(Crowd crowd, Human human) {
        int wish = crowd.below(20);
        if (wish == 0) {
            Human other = crowd.human(one -> true);
            return spelled(crowd, other == null ? human.favourite() : other.favourite());
        }
        String favourite = human.hasAccount() ? "a-" + human.favourite() : human.favourite();
        return spelled(crowd, wish < 4 ? favourite + "." + crowd.below(3) : favourite);
    }

    private static String spelled(Crowd crowd, String name) {
        String rest = name.substring(1);
        String first = name.substring(0, 1);
        return (crowd.oneIn(5) ? first.toUpperCase(Locale.ROOT) : first) + rest;
    }

    static @Nullable String logIn(Crowd crowd) {
        Seat seat = crowd.seat(one -> one.human.hasAccount() && !one.loggedIn);
        if (seat == null) {
            return null;
        }
        String what = seat + " logs in";
        JsonNode answer = seat.client.ask("{'type':'auth','token':'" + seat.human.token + "'");
        assertEquals(200, answer.get("code").asInt(), answer::toString);
        new Naming(crowd.model()).logIn(seat);
        seat.takeBlockedOfAccount();
        return what;
    }

    static @Nullable String logOut(Crowd crowd) {
        Seat seat = crowd.seat(one -> one.name != null);
        if (seat == null) {
            return null;
        }
        String what = seat + " logs out";
        assertEquals("logout", seat.client.ask("{'type':'logout'").get("type").asString());
        crowd.model().loseName(seat, false);
        seat.forgetBlocked();
        return what;
    }

    static @Nullable String join(Crowd crowd) {
        Seat seat = crowd.seat(one -> one.rooms.size() < 4);
        if (seat == null) {
            return null;
        }
        String id = crowd.any(crowd.scene().channelIds().stream()
                .filter(one -> !seat.rooms.containsKey(one))
                .toList());
        if (id == null) {
            return null;
        }
        JsonNode answer = seat.client.ask("{'type':'join','channel':'" + id + "'");
        Seat holder = seat.name == null ? null : crowd.model().room(id).holder(View.key(seat.name));
        if (holder != null && !(seat.loggedIn && holder.loggedIn)) {
            assertEquals(409, answer.path("code").asInt(0), answer::toString);
            return seat + " cannot join " + id;
        }
        assertEquals("connection", answer.get("type").asString(), answer::toString);
        crowd.model().enter(seat, id);
        seat.client.ask("{'type':'users'" + seat.client.about(id));
        return seat + " joins " + id;
    }

    static @Nullable String leave(Crowd crowd) {
        Seat seat = crowd.seat(one -> one.rooms.size() > 1);
        if (seat == null) {
            return null;
        }
        String id = crowd.any(seat.roomIds().stream()
                .filter(one -> !one.equals(seat.client.own()))
                .toList());
        if (id == null) {
            return null;
        }
        JsonNode answer = seat.client.ask("{'type':'leave','channel':'" + id + "'");
        assertEquals("leave", answer.get("type").asString(), answer::toString);
        crowd.model().leave(seat, id);
        return seat + " leaves " + id;
    }
}
