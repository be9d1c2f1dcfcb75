package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Shapes and types of a batch's arrays: batches of equal shape share workspaces. */
record BatchShape(List<List<Object>> arrays) {

  BatchShape {
    arrays = List.copyOf(arrays);
  }

  /** The shape of these arrays. */
  static BatchShape of(Iterable<INDArray> arrays) {
    List<List<Object>> descriptions = new ArrayList<>();
    for (INDArray array : arrays) {
      List<Object> description = new ArrayList<>();
      description.add(array.dataType());
      for (long dimension : array.shape()) {
        description.add(dimension);
      }
      descriptions.add(description);
    }
    return new BatchShape(descriptions);
  }
}
