package chat.weir.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Scenarios A to D: all members of a channel receive the messages of its senders, and each delivery is checked and
 * timed. After the measured period the senders stop, and all outstanding deliveries must arrive for the run to be
 * valid.
 *
 * <p>Threading: confined to the generator's thread.
 */
final class BroadcastLoad implements FrameListener {
    private static final int NOT_A_SENDER = -1;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The time in which a server without a greeting adds the last clients to their channels. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final LoadOptions options;
    private final Shape shape;
    private final Pace pace;
    private final DeliveryCheck check;
    private final List<Sender> senders = new ArrayList<>();
    private final int[] senderOfClient;
    private final Histogram latency = new Histogram();
    private final Login login = new Login();
    private final long beginning = System.nanoTime();
    private long deliveries;
    private boolean silent;

    BroadcastLoad(LoadOptions options, Shape shape, Pace pace) {
        this.options = options;
        this.shape = shape;
        this.pace = pace;
        this.check = new DeliveryCheck(shape);
        this.senderOfClient = new int[shape.clients()];
        Arrays.fill(senderOfClient, NOT_A_SENDER);
    }

    Figures run() throws IOException {
        try (ClientLoop loop = new ClientLoop(options, this)) {
            List<Client> clients = loop.join(shape.clients(), client -> "/bench-" + shape.channelOf(client));
            for (int i = 0; i < shape.allSenders(); i++) {
                senderOfClient[shape.clientOf(i)] = i;
                senders.add(new Sender(
                        i, clients.get(shape.clientOf(i)), options.target().dialect()));
            }
            if (!options.target().dialect().hasGreeting()) {
                loop.pollFor(SETTLE);
            }
            if (options.target().login()) {
                login.begin(shape, senders);
                await(loop, () -> login.isComplete(senders), "all senders are authenticated");
            }
            pace.start(senders, now());
            sendFor(loop, options.warmUp());
            Figures figures = measure(loop);
            silent = true;
            await(loop, () -> check.isComplete(senders), "all deliveries have arrived");
            check.verify(senders);
            return figures;
        }
    }

    private Figures measure(ClientLoop loop) throws IOException {
        latency.clear();
        long before = deliveries;
        Period period = Period.begin(options, loop.poller());
        sendFor(loop, options.duration());
        period.end();
        long count = deliveries - before;
        if (count == 0) {
            throw new LoadFailure("nothing was delivered");
        }
        Map<Figure, Double> values = Map.of(
                Figure.DELIVERIES, count / period.seconds(),
                Figure.DELIVERY_CPU, period.serverCpuSeconds() * 1e6 / count,
                Figure.LATENCY_P50, latency.quantileMillis(0.5),
                Figure.LATENCY_P99, latency.quantileMillis(0.99),
                Figure.LATENCY_P999, latency.quantileMillis(0.999),
                Figure.SERVER_CORE, period.serverCorePercent(),
                Figure.GENERATOR_CORE, period.generatorCorePercent());
        return new Figures(values, period.threadCorePercents());
    }

    private void sendFor(ClientLoop loop, Duration duration) throws IOException {
        long end = now() + duration.toNanos();
        for (long now = now(); now < end; now = now()) {
            loop.poll(pace.sendDue(senders, now));
        }
    }

    private void await(ClientLoop loop, BooleanSupplier reached, String what) throws IOException {
        long end = now() + PATIENCE.toNanos();
        while (!reached.getAsBoolean()) {
            loop.poll(100);
            if (now() > end) {
                check.verify(senders);
                throw new LoadFailure("waited " + PATIENCE.toSeconds() + " s in vain until " + what);
            }
        }
    }

    private long now() {
        return System.nanoTime() - beginning;
    }

    @Override
    public void message(Client client, ByteBuffer buffer, int payload, long nanos) {
        int sender = MessageText.sender(buffer, payload);
        check.delivered(client.number(), sender, MessageText.sequence(buffer, payload));
        latency.record(nanos - beginning - MessageText.sentNanos(buffer, payload));
        deliveries++;
        if (sender == senderOfClient[client.number()] && !silent) {
            pace.returned(senders.get(sender), nanos - beginning);
        }
    }

    @Override
    public void other(Client client, String payload) {
        int sender = senderOfClient[client.number()];
        if (sender != NOT_A_SENDER && options.target().login()) {
            login.take(sender, client, payload);
        }
    }
}
