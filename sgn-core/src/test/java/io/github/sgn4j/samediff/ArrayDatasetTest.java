package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArrayDatasetTest {

  /** Sample i is [i, i + 1/2], its target i. */
  private static ArrayDataset numbered(int samples, DataType inputs, DataType targets) {
    INDArray x = Nd4j.create(DataType.DOUBLE, samples, 2);
    INDArray y = Nd4j.create(DataType.DOUBLE, samples);
    for (int i = 0; i < samples; i++) {
      x.putScalar(i, 0, i);
      x.putScalar(i, 1, i + 0.5);
      y.putScalar(i, i);
    }
    return ArrayDataset.of(x.castTo(inputs), y.castTo(targets));
  }

  /** The samples' numbers in the order of an epoch, after checking that rows stay together. */
  private static List<Integer> epoch(BatchSource source, int epoch, int... sizes) {
    List<Integer> order = new ArrayList<>();
    List<Integer> found = new ArrayList<>();
    for (Iterator<Batch> it = source.epoch(epoch); it.hasNext(); ) {
      ArrayBatch batch = (ArrayBatch) it.next();
      INDArray x = batch.inputs().get(0);
      INDArray y = batch.targets().get(0);
      found.add(batch.size());
      for (int i = 0; i < batch.size(); i++) {
        assertThat(y.getInt(i)).isEqualTo(x.getInt(i, 0));
        if (x.dataType().isFPType()) {
          assertThat(x.getDouble(i, 1)).isEqualTo(x.getDouble(i, 0) + 0.5);
        }
        order.add(y.getInt(i));
      }
    }
    if (sizes.length > 0) {
      assertThat(found).containsExactlyElementsOf(IntStream.of(sizes).boxed().toList());
    }
    return order;
  }

  @ParameterizedTest
  @CsvSource({"FLOAT,INT", "DOUBLE,LONG", "FLOAT,FLOAT", "DOUBLE,DOUBLE", "INT,SHORT"})
  void everySampleComesOnceAnEpoch(DataType inputs, DataType targets) {
    ArrayDataset data = numbered(10, inputs, targets);
    BatchSource source = data.batches(4, 1);
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(epoch(source, epoch, 4, 4, 2))
          .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    ArrayBatch batch = (ArrayBatch) source.epoch(0).next();
    assertThat(batch.inputs().get(0).dataType()).isEqualTo(inputs);
    assertThat(batch.targets().get(0).dataType()).isEqualTo(targets);
    assertThat(batch.targets().get(0).shape()).containsExactly(4);
  }

  @Test
  void batchesDivideTheEpoch() {
    ArrayDataset data = numbered(10, DataType.FLOAT, DataType.FLOAT);
    epoch(data.batches(5, 1), 0, 5, 5);
    epoch(data.batches(1, 1), 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    epoch(data.batches(9, 1), 0, 9, 1);
    epoch(data.batches(10, 1), 0, 10);
    epoch(data.batches(1000, 1), 0, 10);
    assertThat(data.size()).isEqualTo(10);
  }

  @Test
  void theOrderFollowsFromSeedAndEpochAlone() {
    ArrayDataset data = numbered(50, DataType.FLOAT, DataType.FLOAT);
    BatchSource source = data.batches(7, 42);
    List<Integer> third = epoch(source, 3);
    epoch(source, 0);
    assertThat(epoch(source, 3)).isEqualTo(third);
    assertThat(epoch(data.batches(7, 42), 3)).isEqualTo(third);
    assertThat(epoch(data.batches(11, 42), 3)).isEqualTo(third);

    Set<List<Integer>> orders = new HashSet<>();
    for (long seed = -3; seed <= 3; seed++) {
      for (int epoch = 0; epoch < 5; epoch++) {
        orders.add(epoch(data.batches(7, seed), epoch));
      }
    }
    assertThat(orders).hasSize(35);
  }

  @Test
  void everyPlaceIsEquallyLikely() {
    ArrayDataset data = numbered(4, DataType.FLOAT, DataType.FLOAT);
    int[][] counts = new int[4][4];
    for (int seed = 0; seed < 400; seed++) {
      BatchSource source = data.batches(4, seed);
      for (int epoch = 0; epoch < 5; epoch++) {
        List<Integer> order = epoch(source, epoch);
        for (int place = 0; place < 4; place++) {
          counts[order.get(place)][place]++;
        }
      }
    }
    // 500 expected, standard deviation 19.
    for (int[] row : counts) {
      for (int count : row) {
        assertThat(count).isBetween(400, 600);
      }
    }
  }

  @Test
  void anIteratorEnds() {
    Iterator<Batch> it = numbered(3, DataType.FLOAT, DataType.FLOAT).batches(2, 1).epoch(0);
    it.next();
    it.next();
    assertThat(it.hasNext()).isFalse();
    assertThatThrownBy(it::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void severalInputsStayTogether() {
    INDArray a = Nd4j.arange(0, 12).reshape(6, 2).castTo(DataType.FLOAT);
    INDArray b = Nd4j.arange(0, 36).reshape(6, 2, 3).castTo(DataType.DOUBLE);
    INDArray y = Nd4j.arange(0, 6).reshape(6, 1).castTo(DataType.INT32);
    ArrayDataset data = ArrayDataset.of(List.of(a, b), List.of(y));
    for (Iterator<Batch> it = data.batches(4, 5).epoch(0); it.hasNext(); ) {
      ArrayBatch batch = (ArrayBatch) it.next();
      for (int i = 0; i < batch.size(); i++) {
        int number = batch.targets().get(0).getInt(i, 0);
        assertThat(batch.inputs().get(0).getInt(i, 0)).isEqualTo(2 * number);
        assertThat(batch.inputs().get(1).getInt(i, 0, 0)).isEqualTo(6 * number);
      }
    }
  }

  @Test
  void columnOrderAndViewsAreCopiedOthersNot() {
    INDArray x = Nd4j.arange(0, 12).reshape(6, 2);
    INDArray y = Nd4j.arange(0, 6);
    ArrayDataset plain = ArrayDataset.of(x, y);
    assertThat(plain.all().inputs().get(0)).isSameAs(x);
    ArrayDataset turned = ArrayDataset.of(x.dup('f'), y);
    assertThat(turned.all().inputs().get(0)).isEqualTo(x);
    List<ArrayBatch> batches = new ArrayList<>();
    for (ArrayDataset data : List.of(plain, turned)) {
      batches.add((ArrayBatch) data.batches(4, 3).epoch(0).next());
    }
    assertThat(batches.get(0).inputs().get(0)).isEqualTo(batches.get(1).inputs().get(0));
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatThrownBy(
            () ->
                ArrayDataset.of(Nd4j.create(DataType.FLOAT, 3, 2), Nd4j.create(DataType.FLOAT, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the arrays of a batch hold 3 and 4 samples");
    ArrayDataset data = numbered(3, DataType.FLOAT, DataType.FLOAT);
    assertThatThrownBy(() -> data.batches(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("batch size 0 must be at least 1");
  }
}
