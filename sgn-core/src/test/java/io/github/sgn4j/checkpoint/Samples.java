package io.github.sgn4j.checkpoint;

import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.training.Checkpoint;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingPosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checkpoints with everything in them. */
final class Samples {

  private Samples() {}

  /** A checkpoint after so many steps, of which all numbers differ. */
  static Checkpoint checkpoint(Precision precision, long steps) {
    FlatVector theta =
        FlatVector.of(precision, (double) steps, -0.0, Double.MIN_VALUE, 1e300, -3, 0.1, 7);
    FlatVector memory = theta.copy();
    memory.scale(0.3);
    FlatVector scale = theta.copy();
    scale.scale(0.7);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("weights", new long[] {2, 3});
    shapes.put("Gewicht \u00e4\u4e2d", new long[] {});
    return Checkpoint.builder(
            "SGN",
            OptimizerState.builder(steps, theta)
                .memory(memory)
                .damping(1e-3, Double.NaN)
                .dampingPolicy("GradientNormDamping")
                .vector("damping scale", scale)
                .vector("none", FlatVector.zeros(precision, 0))
                .count("damping scale", Long.MAX_VALUE)
                .count("other", -1)
                .build(),
            ParameterSpace.of(shapes),
            new TrainingPosition(
                List.of(
                    new EpochReport(
                        1, 0.5, Double.NaN, new Evaluation(0.4, 0.9), true, 1.25, 3, true)),
                2,
                0.75,
                Double.NaN,
                steps,
                123456789,
                3))
        .average(8, 5, FlatVector.of(Precision.DOUBLE, 1, 2, 3, 4, 5, 6, 7))
        .kept(1, scale)
        .attachment("recorder", new byte[] {1, 2, 3})
        .attachment("empty", new byte[0])
        .build();
  }
}
