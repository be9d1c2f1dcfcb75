package io.github.sgn4j.samediff;

import io.github.sgn4j.autodiff.ForwardGraph;
import io.github.sgn4j.autodiff.OpCall;
import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.loss.Loss;
import io.github.sgn4j.loss.Losses;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.loss.BaseLoss;

/**
 * Recognises a model's own loss variable: one of four of SameDiff's loss ops, or a loss composed of
 * basic ops.
 */
final class ModelLoss {

  private static final String SPARSE = "sparse_softmax_cross_entropy_loss_with_logits";
  private static final Set<String> MEAN_LOSSES =
      Set.of("softmax_cross_entropy_loss", "sigm_cross_entropy_loss", "mean_sqerr_loss");

  private final SameDiff model;
  private final String name;

  private ModelLoss(SameDiff model, String name) {
    this.model = model;
    this.name = name;
  }

  /**
   * Finds out what a loss variable computes.
   *
   * @param output where a composed loss is cut from the network; null if not told
   * @throws IllegalArgumentException if the loss is not supported; says why and what to do
   */
  static LossBinding recognise(SameDiff model, String name, String output, TangentRules rules) {
    if (!model.hasVariable(name)) {
      throw new IllegalArgumentException(
          "the model has no variable '" + name + "' to take as its loss");
    }
    return new ModelLoss(model, name).recognise(output, rules);
  }

  private LossBinding recognise(String output, TangentRules rules) {
    SameDiffOp op = maker(name);
    if (op == null) {
      throw refused("it is not computed by any op");
    }
    String opName = op.getOp().opName();
    if (opName.equals(SPARSE)) {
      return sparse(op);
    }
    if (opName.equals("reduce_mean")) {
      SameDiffOp inner = maker(op.getInputsToOp().get(0));
      if (inner != null && inner.getOp().opName().equals(SPARSE)) {
        return sparse(inner);
      }
    }
    if (MEAN_LOSSES.contains(opName)) {
      return standard(op, opName);
    }
    if (opName.endsWith("_loss") || opName.contains("_loss_")) {
      throw refused(
          "SameDiff's op '"
              + opName
              + "' is not supported; take one of "
              + MEAN_LOSSES
              + " or "
              + SPARSE
              + ", compose the loss of basic ops, or give a Loss of the library with loss(...)");
    }
    return composed(output, rules);
  }

  private LossBinding sparse(SameDiffOp op) {
    return new LossBinding(
        op.getInputsToOp().get(1), op.getInputsToOp().get(0), Losses.softmaxCrossEntropy());
  }

  private LossBinding standard(SameDiffOp op, String opName) {
    DynamicCustomOp custom = (DynamicCustomOp) op.getOp();
    LossReduce reduction = ((BaseLoss) custom).getLossReduce();
    if (reduction != LossReduce.MEAN_BY_WEIGHT
        && reduction != LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT) {
      throw refused(
          "its reduction is " + reduction + "; build it with MEAN_BY_NONZERO_WEIGHT_COUNT");
    }
    if (Arrays.stream(custom.tArgs()).anyMatch(smoothing -> smoothing != 0)) {
      throw refused("it smooths labels; smooth the targets of the batches instead");
    }
    String weights = op.getInputsToOp().get(1);
    INDArray values =
        model.getVariable(weights).isConstant() ? model.getVariable(weights).getArr() : null;
    if (values == null || !values.isScalar() || values.getDouble(0) != 1) {
      throw refused("it weights the samples by '" + weights + "'; build it without weights");
    }
    Loss loss =
        switch (opName) {
          case "softmax_cross_entropy_loss" -> Losses.softmaxCrossEntropy();
          case "sigm_cross_entropy_loss" -> Losses.sigmoidCrossEntropy();
          default -> Losses.meanSquaredError();
        };
    return new LossBinding(op.getInputsToOp().get(0), op.getInputsToOp().get(2), loss);
  }

  private LossBinding composed(String output, TangentRules rules) {
    if (output == null) {
      throw refused(
          "it is composed of basic ops: name the network's output before the loss with output(...)");
    }
    ForwardGraph graph = ForwardGraph.extract(model, List.of(name), List.of(output));
    if (!graph.leaves().contains(output)) {
      throw refused("it does not depend on the output '" + output + "'");
    }
    for (OpCall call : graph.calls()) {
      if (call.opName().endsWith("_loss") || call.opName().contains("_loss_")) {
        throw refused(
            "it scales, reduces or adds to SameDiff's op '"
                + call.opName()
                + "'; take that op's result itself with mean reduction, or compose all of it of basic"
                + " ops");
      }
    }
    Set<String> targets = new LinkedHashSet<>();
    for (String leaf : graph.leaves()) {
      if (leaf.equals(output)) {
        continue;
      }
      if (model.getVariable(leaf).isPlaceHolder()) {
        targets.add(leaf);
      } else if (!model.getVariable(leaf).isConstant()) {
        throw refused(
            "it depends on the variable '"
                + leaf
                + "' other than through the output '"
                + output
                + "'; leave penalties on parameters out of the loss");
      }
    }
    if (targets.size() != 1) {
      throw refused("it reads the placeholders " + targets + "; it must read one, the targets");
    }
    return new LossBinding(
        output,
        targets.iterator().next(),
        new ComposedLoss(name, graph, output, targets.iterator().next(), rules));
  }

  private SameDiffOp maker(String variable) {
    String op = model.getVariables().get(variable).getOutputOfOp();
    return op == null ? null : model.getOps().get(op);
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("the loss variable '" + name + "' is refused: " + why);
  }
}
