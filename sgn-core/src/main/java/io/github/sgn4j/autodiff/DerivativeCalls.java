package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The derivative of one call: the calls that compute it, in order, and the names of what goes in
 * and comes out. Entries of the lists are null where there is no derivative.
 *
 * @param calls what the rule recorded, for both products
 * @param inputTangents a leaf per input
 * @param outputTangents a result per output
 * @param outputAdjoints a leaf per output
 * @param inputAdjoints a result per input
 */
public record DerivativeCalls(
    List<OpCall> calls,
    List<String> inputTangents,
    List<String> outputTangents,
    List<String> outputAdjoints,
    List<String> inputAdjoints) {

  public DerivativeCalls {
    calls = List.copyOf(calls);
    inputTangents = Collections.unmodifiableList(new ArrayList<>(inputTangents));
    outputTangents = Collections.unmodifiableList(new ArrayList<>(outputTangents));
    outputAdjoints = Collections.unmodifiableList(new ArrayList<>(outputAdjoints));
    inputAdjoints = Collections.unmodifiableList(new ArrayList<>(inputAdjoints));
  }
}
