package io.github.sgn4j.samediff;

import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * ND4J's iterators as batches: features become inputs, labels targets; a set without labels, as for
 * an autoencoder, has no targets. The iterator decides about the order; it is reset at the
 * beginning of every epoch, so that an epoch gives the same batches again only if the iterator
 * does. Masks are refused.
 */
public final class DataSetBatches {

  private DataSetBatches() {}

  /**
   * Batches of a {@link DataSetIterator}.
   *
   * @throws IllegalArgumentException if the iterator cannot be reset
   */
  public static BatchSource of(DataSetIterator iterator) {
    requireReset(iterator.resetSupported());
    return epoch -> {
      iterator.reset();
      return iterate(iterator::hasNext, () -> batch(iterator.next()));
    };
  }

  /**
   * Batches of a {@link MultiDataSetIterator}.
   *
   * @throws IllegalArgumentException if the iterator cannot be reset
   */
  public static BatchSource of(MultiDataSetIterator iterator) {
    requireReset(iterator.resetSupported());
    return epoch -> {
      iterator.reset();
      return iterate(iterator::hasNext, () -> batch(iterator.next()));
    };
  }

  private static void requireReset(boolean supported) {
    if (!supported) {
      throw new IllegalArgumentException(
          "the iterator does not support reset(), which every epoch begins with");
    }
  }

  private static Iterator<Batch> iterate(BooleanSupplier more, Supplier<Batch> next) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return more.getAsBoolean();
      }

      @Override
      public Batch next() {
        return next.get();
      }
    };
  }

  /**
   * One data set as a batch.
   *
   * @throws IllegalArgumentException if it has masks
   */
  public static ArrayBatch batch(DataSet data) {
    requireUnmasked(data.getFeaturesMaskArray() == null && data.getLabelsMaskArray() == null);
    INDArray labels = data.getLabels();
    return ArrayBatch.of(List.of(data.getFeatures()), labels == null ? List.of() : List.of(labels));
  }

  /**
   * One data set of several arrays as a batch.
   *
   * @throws IllegalArgumentException if it has masks
   */
  public static ArrayBatch batch(MultiDataSet data) {
    requireUnmasked(noMasks(data.getFeaturesMaskArrays()) && noMasks(data.getLabelsMaskArrays()));
    INDArray[] labels = data.getLabels();
    return ArrayBatch.of(List.of(data.getFeatures()), labels == null ? List.of() : List.of(labels));
  }

  private static boolean noMasks(INDArray[] masks) {
    if (masks != null) {
      for (INDArray mask : masks) {
        if (mask != null) {
          return false;
        }
      }
    }
    return true;
  }

  private static void requireUnmasked(boolean unmasked) {
    if (!unmasked) {
      throw new IllegalArgumentException(
          "the data set has masks, which are not supported; put them into the model as inputs");
    }
  }
}
