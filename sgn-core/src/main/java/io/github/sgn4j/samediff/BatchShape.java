package io.github.sgn4j.samediff;

import java.util.List;

/** Shapes and types of a batch's arrays: batches of equal shape share workspaces. */
record BatchShape(List<List<Object>> arrays) {

  BatchShape {
    arrays = List.copyOf(arrays);
  }
}
