package io.github.sgn4j.samediff;

import io.github.sgn4j.nd.RowViews;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch's arrays, checked and in the form that plans take, the samples along the first dimension.
 *
 * @param leaves by placeholder, those that the graph reads
 * @param targets the targets if the graph does not hold them, else null
 * @param shape shapes of all of them
 */
record BoundBatch(Map<String, INDArray> leaves, INDArray targets, BatchShape shape) {

  /** A batch of these arrays. */
  static BoundBatch of(Map<String, INDArray> leaves, INDArray targets) {
    List<INDArray> arrays = new ArrayList<>(leaves.values());
    if (targets != null) {
      arrays.add(targets);
    }
    return new BoundBatch(leaves, targets, BatchShape.of(arrays));
  }

  /** Samples {@code from} to {@code to}, exclusive; views. */
  BoundBatch samples(int from, int to) {
    Map<String, INDArray> rows = new LinkedHashMap<>();
    leaves.forEach((name, array) -> rows.put(name, samples(array, from, to)));
    return of(rows, targets == null ? null : samples(targets, from, to));
  }

  static INDArray samples(INDArray array, int from, int to) {
    return RowViews.of(array, from, to);
  }
}
