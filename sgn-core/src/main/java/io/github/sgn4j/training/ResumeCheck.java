package io.github.sgn4j.training;

import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether a checkpoint is one of this run. */
final class ResumeCheck {

  private final List<String> differences = new ArrayList<>();

  private ResumeCheck() {}

  /**
   * Compares; what only the optimizer can tell, its state, it checks when it takes it.
   *
   * @throws IllegalArgumentException if they differ, naming all that does
   */
  static void require(TrainingPlan plan, Checkpoint checkpoint) {
    ResumeCheck check = new ResumeCheck();
    Objective objective = plan.optimizer().objective();
    check.compare("optimizer", checkpoint.optimizer(), plan.optimizer().name());
    check.compare("precision", checkpoint.precision(), objective.precision());
    check.compareParameters(
        checkpoint.parameters().all(), plan.optimizer().objective().parameters().all());
    check.compare("averaging", checkpoint.averaging(), plan.averaging());
    int there = checkpoint.position().batchesPerEpoch();
    int here = plan.batches().batchesPerEpoch();
    if (there > 0 && here > 0) {
      check.compare("batches per epoch", there, here);
    }
    if (!check.differences.isEmpty()) {
      throw new IllegalArgumentException(
          "the checkpoint is of another run: " + String.join("; ", check.differences));
    }
  }

  private void compare(String what, Object there, Object here) {
    if (!there.equals(here)) {
      differences.add(what + " " + there + " there, " + here + " here");
    }
  }

  private void compareParameters(List<Parameter> there, List<Parameter> here) {
    compare("number of parameters", there.size(), here.size());
    for (int i = 0; i < Math.min(there.size(), here.size()); i++) {
      String theirs = text(there.get(i));
      if (!theirs.equals(text(here.get(i)))) {
        compare("parameter " + (i + 1), theirs, text(here.get(i)));
        return;
      }
    }
  }

  private static String text(Parameter parameter) {
    return parameter.name() + " " + Arrays.toString(parameter.shape());
  }
}
