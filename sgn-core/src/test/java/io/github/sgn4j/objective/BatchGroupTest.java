package io.github.sgn4j.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchGroupTest {

  /** Numbers in a part of an array that may change. */
  private static final class Numbers implements Batch {

    private final int[] storage;
    private final int from;
    private final int to;

    Numbers(int[] storage, int from, int to) {
      this.storage = storage;
      this.from = from;
      this.to = to;
    }

    int[] storage() {
      return storage;
    }

    static Numbers of(int... numbers) {
      return new Numbers(numbers, 0, numbers.length);
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public Batch samples(int first, int end) {
      return new Numbers(storage, from + first, from + end);
    }

    @Override
    public Batch copy(Batch spare) {
      int[] copy = spare instanceof Numbers n && n.size() == size() ? n.storage : new int[size()];
      System.arraycopy(storage, from, copy, 0, size());
      return of(copy);
    }

    int[] numbers() {
      return Arrays.copyOfRange(storage, from, to);
    }
  }

  private static int[] numbers(Batch batch) {
    return BatchGroup.partsOf(batch).stream()
        .flatMapToInt(part -> Arrays.stream(((Numbers) part).numbers()))
        .toArray();
  }

  private final Numbers first = Numbers.of(1, 2, 3);
  private final Numbers second = Numbers.of(4);
  private final Numbers third = Numbers.of(5, 6);
  private final BatchGroup group = BatchGroup.of(first, second, third);

  @Test
  void takesItsPartsAsOne() {
    assertThat(group.size()).isEqualTo(6);
    assertThat(group.parts()).containsExactly(first, second, third);
    assertThat(BatchGroup.of(Numbers.of(0), group).parts()).hasSize(4).endsWith(third);
  }

  @ParameterizedTest
  @CsvSource({"0, 6, 3", "0, 1, 1", "1, 3, 1", "2, 4, 2", "2, 5, 3", "3, 4, 1", "4, 6, 1"})
  void samplesGoAcrossItsParts(int from, int to, int parts) {
    Batch samples = group.samples(from, to);

    int[] expected = {1, 2, 3, 4, 5, 6};
    assertThat(samples.size()).isEqualTo(to - from);
    assertThat(numbers(samples)).containsExactly(Arrays.copyOfRange(expected, from, to));
    assertThat(BatchGroup.partsOf(samples)).hasSize(parts);
    assertThat(samples instanceof BatchGroup).isEqualTo(parts > 1);
  }

  @Test
  void partsTakenWholeAreTheSameObjects() {
    assertThat(group.samples(3, 4)).isSameAs(second);
    assertThat(BatchGroup.partsOf(group.samples(2, 5)).get(1)).isSameAs(second);
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "2, 2", "3, 2", "5, 7"})
  void refusesOtherSamples(int from, int to) {
    assertThatThrownBy(() -> group.samples(from, to))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("samples " + from + " to " + to + " of a group of 6");
  }

  @Test
  void refusesGroupsOfNothingAndOfTooMuch() {
    Batch huge = new Numbers(new int[0], 0, Integer.MAX_VALUE);

    assertThatThrownBy(BatchGroup::of).hasMessage("a group needs at least one batch");
    assertThatThrownBy(() -> BatchGroup.of(huge, second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2147483648 samples");
  }

  @Test
  void aCopyHasStorageOfItsOwn() {
    BatchGroup copy = group.copy(null);
    first.storage()[0] = 99;

    assertThat(numbers(copy)).containsExactly(1, 2, 3, 4, 5, 6);
    BatchGroup again = group.copy(copy);
    assertThat(numbers(again)).containsExactly(99, 2, 3, 4, 5, 6);
    assertThat(((Numbers) again.parts().get(2)).storage())
        .isSameAs(((Numbers) copy.parts().get(2)).storage());
  }

  /** Batches 0 0, 1 1, ... in one and the same array. */
  private static BatchSource sharing(int batches) {
    int[] storage = new int[2];
    return new BatchSource() {
      @Override
      public Iterator<Batch> epoch(int epoch) {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < batches;
          }

          @Override
          public Batch next() {
            Arrays.fill(storage, 10 * epoch + next++);
            return Numbers.of(storage);
          }
        };
      }

      @Override
      public int batchesPerEpoch() {
        return batches;
      }
    };
  }

  @Test
  void groupsBatchesThatShareMemory() {
    GroupedBatches source = new GroupedBatches(sharing(5), 2);
    Iterator<Batch> epoch = source.epoch(3);

    assertThat(source.batchesPerEpoch()).isEqualTo(3);
    Batch one = epoch.next();
    assertThat(numbers(one)).containsExactly(30, 30, 31, 31);
    Batch two = epoch.next();
    assertThat(numbers(two)).containsExactly(32, 32, 33, 33);
    assertThat(two).isNotSameAs(one);
    assertThat(BatchGroup.partsOf(two).get(0)).isNotSameAs(BatchGroup.partsOf(one).get(0));
    // The storage is that of the group before, as batches are valid until the next one.
    assertThat(numbers(one)).containsExactly(32, 32, 33, 33);
    assertThat(numbers(epoch.next())).containsExactly(34, 34);
    assertThat(epoch.hasNext()).isFalse();
    assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class);
  }

  /** As {@link #sharing}, but refuses to make batches only to drop them. */
  private static BatchSource skipping(int batches) {
    BatchSource source = sharing(batches);
    return new BatchSource() {
      @Override
      public Iterator<Batch> epoch(int epoch) {
        throw new AssertionError("it knows a quicker way");
      }

      @Override
      public Iterator<Batch> epoch(int epoch, int firstBatch) {
        return source.epoch(epoch, firstBatch);
      }

      @Override
      public int batchesPerEpoch() {
        return batches;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({"5, 0", "5, 1", "5, 2", "5, 3", "4, 1", "4, 2"})
  void skipsGroupsAsItsSourceSkipsBatches(int batches, int firstGroup) {
    Iterator<Batch> all = new GroupedBatches(sharing(batches), 2).epoch(3);
    for (int i = 0; i < firstGroup; i++) {
      all.next();
    }

    Iterator<Batch> rest = new GroupedBatches(skipping(batches), 2).epoch(3, firstGroup);

    while (all.hasNext()) {
      assertThat(numbers(rest.next())).containsExactly(numbers(all.next()));
    }
    assertThat(rest.hasNext()).isFalse();
  }

  @Test
  void refusesToSkipMoreGroupsThanThereAre() {
    GroupedBatches source = new GroupedBatches(sharing(5), 2);

    assertThatThrownBy(() -> source.epoch(0, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> source.epoch(0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("first batch 4: epoch 0 has only 3 batches");
  }

  @Test
  void groupsHaveAtLeastOneBatchOfAKindThatCanBeCopied() {
    assertThatThrownBy(() -> new GroupedBatches(sharing(2), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("groups of 0 batches");
    assertThat(new GroupedBatches(epoch -> List.<Batch>of().iterator(), 2).batchesPerEpoch())
        .isZero();
    Batch other =
        new Batch() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public Batch samples(int from, int to) {
            return this;
          }
        };
    assertThatThrownBy(() -> other.copy(null))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("cannot be copied");
  }
}
