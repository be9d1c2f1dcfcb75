package io.github.sgn4j.samediff;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A batch's arrays, checked and in the form that plans take.
 *
 * @param leaves by placeholder, those that the graph reads
 * @param targets the targets if the graph does not hold them, else null
 * @param shape shapes of all of them
 */
record BoundBatch(Map<String, INDArray> leaves, INDArray targets, BatchShape shape) {}
