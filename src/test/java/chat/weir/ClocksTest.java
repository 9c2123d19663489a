package chat.weir;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ClocksTest {
    @Test
    void runsMaintenanceOnASeparateThread() throws Exception {
        Clocks clocks = Clocks.real();
        CountDownLatch end = new CountDownLatch(1);
        try {
            Future<?> hanging = clocks.maintenance().submit(() -> {
                end.await();
                return null;
            });
            clocks.scheduler().submit(() -> {}).get();
            end.countDown();
            hanging.get();
        } finally {
            clocks.stop();
        }
    }
}
