package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OrderedRunTest {

  /** Remembers what happened; tasks of odd numbers do not keep their results. */
  private static final class Recorder implements OrderedRun.Tasks {
    private final List<Integer> finished = new ArrayList<>();
    private final Set<Integer> ran = ConcurrentHashMap.newKeySet();
    private final Set<Integer> workers = ConcurrentHashMap.newKeySet();
    private final int[] taskOfWorker = new int[64];
    private final boolean keep;

    Recorder(boolean keep) {
      this.keep = keep;
    }

    @Override
    public boolean run(int task, int worker) {
      assertThat(ran.add(task)).isTrue();
      workers.add(worker);
      taskOfWorker[worker] = task;
      // Later tasks are quicker, so that they are done out of order.
      long end = System.nanoTime() + (task % 3 == 0 ? 200_000 : 1_000);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      return keep || task % 2 == 0;
    }

    @Override
    public void finish(int task) {
      if (!keep && task % 2 == 1) {
        // Its thread has not taken another task meanwhile.
        assertThat(taskOfWorker).contains(task);
      }
      finished.add(task);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "7, 1", "7, 2", "40, 3", "40, 8", "0, 2"})
  void finishesEveryTaskOnceInOrder(int count, int threads) {
    for (boolean keep : new boolean[] {true, false}) {
      Recorder recorder = new Recorder(keep);
      OrderedRun.run(count, threads, recorder);
      assertThat(recorder.finished)
          .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
      assertThat(recorder.workers).allMatch(w -> w >= 0 && w < threads);
    }
  }

  @Test
  void severalThreadsTakePart() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(2);
    OrderedRun.run(
        2,
        2,
        (task, worker) -> {
          together.countDown();
          try {
            // Each task waits for the other one: one thread alone would not get through.
            together.await();
            return true;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(together.getCount()).isZero();
  }

  @RepeatedTest(20)
  void aFailureEndsTheRunAndReachesTheCaller() {
    List<Integer> finished = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger ran = new AtomicInteger();
    OrderedRun.Tasks tasks =
        new OrderedRun.Tasks() {
          @Override
          public boolean run(int task, int worker) {
            ran.incrementAndGet();
            if (task == 5) {
              throw new IllegalArgumentException("task 5");
            }
            return task % 2 == 0;
          }

          @Override
          public void finish(int task) {
            finished.add(task);
          }
        };
    assertThatThrownBy(() -> OrderedRun.run(1000, 3, tasks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("task 5");
    assertThat(finished).isSorted().allMatch(task -> task < 5);
    assertThat(ran).hasValueLessThan(1000);
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    Recorder recorder = new Recorder(false);
    Thread.currentThread().interrupt();
    try {
      OrderedRun.run(20, 2, recorder);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(recorder.finished).hasSize(20);
    } finally {
      Thread.interrupted();
    }
  }
}
