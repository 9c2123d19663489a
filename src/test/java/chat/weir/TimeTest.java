package chat.weir;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TimeTest {
    @Test
    void runsMaintenanceOnAThreadOfItsOwn() throws Exception {
        Time time = Time.real();
        CountDownLatch end = new CountDownLatch(1);
        try {
            Future<?> hanging = time.maintenance().submit(() -> {
                end.await();
                return null;
            });
            time.scheduler().submit(() -> {}).get();
            end.countDown();
            hanging.get();
        } finally {
            time.stop();
        }
    }
}
