package io.github.sgn4j.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShuffledBatchesTest {

  private record Numbers(List<Integer> numbers) implements Batch {
    @Override
    public int size() {
      return numbers.size();
    }

    @Override
    public Batch samples(int from, int to) {
      return new Numbers(numbers.subList(from, to));
    }
  }

  private static List<List<Integer>> epoch(int samples, int batchSize, long seed, int epoch) {
    ShuffledBatches batches =
        new ShuffledBatches(
            samples,
            batchSize,
            seed,
            (order, start, count) ->
                new Numbers(Arrays.stream(order, start, start + count).boxed().toList()));
    List<List<Integer>> found = new ArrayList<>();
    batches.epoch(epoch).forEachRemaining(batch -> found.add(((Numbers) batch).numbers()));
    return found;
  }

  @Test
  void everySampleComesOnceAnEpoch() {
    List<List<Integer>> batches = epoch(10, 4, 3, 0);

    assertThat(batches).extracting(List::size).containsExactly(4, 4, 2);
    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10).boxed().toList());
  }

  @Test
  void theOrderDependsOnSeedAndEpochAlone() {
    assertThat(epoch(50, 50, 3, 2)).isEqualTo(epoch(50, 50, 3, 2));
    assertThat(epoch(50, 50, 3, 2)).isNotEqualTo(epoch(50, 50, 3, 1));
    // Neighbouring seeds do not give each other's epochs.
    assertThat(epoch(50, 50, 4, 1)).isNotEqualTo(epoch(50, 50, 3, 2));
    assertThat(epoch(50, 7, 3, 2).stream().flatMap(List::stream))
        .containsExactlyElementsOf(epoch(50, 50, 3, 2).get(0));
  }

  @Test
  void anEpochCanBeginWithAnyBatchWithoutMakingThoseBefore() {
    List<Integer> made = new ArrayList<>();
    ShuffledBatches batches =
        new ShuffledBatches(
            10,
            4,
            3,
            (order, start, count) -> {
              made.add(start);
              return new Numbers(Arrays.stream(order, start, start + count).boxed().toList());
            });
    List<List<Integer>> all = epoch(10, 4, 3, 2);
    for (int first = 0; first <= 3; first++) {
      List<List<Integer>> found = new ArrayList<>();
      batches.epoch(2, first).forEachRemaining(batch -> found.add(((Numbers) batch).numbers()));

      assertThat(found).isEqualTo(all.subList(first, 3));
    }
    assertThat(made).containsExactly(0, 4, 8, 4, 8, 8);
    for (int first : new int[] {-1, 4, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> batches.epoch(2, first))
          .withMessage("first batch " + first + ": an epoch has 3 batches");
    }
  }

  @Test
  void everySourceCanBeginWithAnyBatch() {
    BatchSource source = epoch -> List.<Batch>of(new Numbers(List.of(epoch, 1))).iterator();

    assertThat(source.epoch(5, 0).next().size()).isEqualTo(2);
    assertThat(source.epoch(5, 1).hasNext()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.epoch(5, 2))
        .withMessage("first batch 2: epoch 5 has only 1 batches");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.epoch(5, -1))
        .withMessage("first batch -1: must be at least 0");
  }

  @Test
  void aBatchIsNoLargerThanTheSet() {
    assertThat(epoch(3, 100, 1, 0)).singleElement().satisfies(b -> assertThat(b).hasSize(3));
  }

  @Test
  void endsAndRefuses() {
    Iterator<Batch> one =
        new ShuffledBatches(1, 1, 1, (order, start, count) -> new Numbers(List.of(0))).epoch(0);
    one.next();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(one::next);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> epoch(5, 0, 1, 0))
        .withMessageContaining("batch size 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> epoch(0, 1, 1, 0))
        .withMessageContaining("0 samples");
  }
}
