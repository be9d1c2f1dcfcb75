package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.factory.Nd4j;

class DataSetBatchesTest {

  private static final INDArray FEATURES = Nd4j.arange(0, 14).reshape(7, 2);
  private static final INDArray LABELS = Nd4j.arange(0, 7).reshape(7, 1);

  private static ViewIterator iterator() {
    return new ViewIterator(new DataSet(FEATURES, LABELS), 3);
  }

  private static void assertEpochs(BatchSource source) {
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> sizes = new ArrayList<>();
      List<INDArray> features = new ArrayList<>();
      List<INDArray> labels = new ArrayList<>();
      for (Iterator<Batch> it = source.epoch(epoch); it.hasNext(); ) {
        ArrayBatch batch = (ArrayBatch) it.next();
        sizes.add(batch.size());
        features.add(batch.inputs().get(0).dup());
        labels.add(batch.targets().get(0).dup());
      }
      assertThat(sizes).containsExactly(3, 3, 1);
      assertThat(Nd4j.concat(0, features.toArray(new INDArray[0]))).isEqualTo(FEATURES);
      assertThat(Nd4j.concat(0, labels.toArray(new INDArray[0]))).isEqualTo(LABELS);
    }
  }

  @Test
  void everyEpochRunsThroughADataSetIterator() {
    assertEpochs(DataSetBatches.of(iterator()));
  }

  @Test
  void everyEpochRunsThroughAMultiDataSetIterator() {
    assertEpochs(DataSetBatches.of(new MultiDataSetIteratorAdapter(iterator())));
  }

  @Test
  void anEpochLeftEarlyIsBegunAnew() {
    BatchSource source = DataSetBatches.of(iterator());
    source.epoch(0).next();
    assertEpochs(source);
  }

  @Test
  void multiDataSetsKeepTheirArraysInOrder() {
    INDArray more = Nd4j.ones(DataType.FLOAT, 7, 5);
    ArrayBatch batch =
        DataSetBatches.batch(
            new MultiDataSet(
                new INDArray[] {FEATURES, more}, new INDArray[] {LABELS, more.add(1)}));
    assertThat(batch.inputs()).containsExactly(FEATURES, more);
    assertThat(batch.targets().get(1)).isEqualTo(more.add(1));
  }

  @Test
  void setsWithoutLabelsHaveNoTargets() {
    assertThat(DataSetBatches.batch(new DataSet(FEATURES, null)).targets()).isEmpty();
    assertThat(DataSetBatches.batch(new MultiDataSet(new INDArray[] {FEATURES}, null)).targets())
        .isEmpty();
  }

  @Test
  void masksAreRefused() {
    String message =
        "the data set has masks, which are not supported; put them into the model as inputs";
    INDArray mask = Nd4j.ones(DataType.FLOAT, 7, 1);
    DataSet masked = new DataSet(FEATURES, LABELS, null, mask);
    assertThatThrownBy(() -> DataSetBatches.batch(masked))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    DataSet maskedInput = new DataSet(FEATURES, LABELS, mask, null);
    assertThatThrownBy(() -> DataSetBatches.batch(maskedInput)).hasMessage(message);
    MultiDataSet several =
        new MultiDataSet(
            new INDArray[] {FEATURES, FEATURES},
            new INDArray[] {LABELS},
            new INDArray[] {null, mask},
            new INDArray[] {null});
    assertThatThrownBy(() -> DataSetBatches.batch(several)).hasMessage(message);
    MultiDataSet unmasked =
        new MultiDataSet(
            new INDArray[] {FEATURES},
            new INDArray[] {LABELS},
            new INDArray[] {null},
            new INDArray[] {null});
    assertThat(DataSetBatches.batch(unmasked).size()).isEqualTo(7);
  }

  @Test
  void iteratorsThatCannotBeResetAreRefused() {
    ViewIterator once =
        new ViewIterator(new DataSet(FEATURES, LABELS), 3) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean resetSupported() {
            return false;
          }
        };
    String message = "the iterator does not support reset(), which every epoch begins with";
    assertThatThrownBy(() -> DataSetBatches.of(once))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> DataSetBatches.of(new MultiDataSetIteratorAdapter(once)))
        .hasMessage(message);
  }
}
