package chat.weir.channel.presence;

/** A member of which only the names matter. */
final class TestMember extends NameHolder {
    private final NameOwner client;

    TestMember() {
        this(reason -> {});
    }

    /** A member of a client, which may have others. */
    TestMember(NameOwner client) {
        this.client = client;
    }

    @Override
    public NameOwner client() {
        return client;
    }
}
