package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.AccumulatingObjective;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchGroup;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.GroupedBatches;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.WeightDecay;
import io.github.sgn4j.optimizer.CurvatureKind;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SgnOptionsBuilder;
import io.github.sgn4j.optimizer.SolverKind;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A group of batches against the one large batch of all its samples. */
class AccumulationTest {

  private static final int N = 40;
  private final ArrayBatch all = SmallModels.classes(N, 1);

  /** The batch in parts that end at these samples and at its end. */
  private static BatchGroup cut(ArrayBatch batch, int... ends) {
    List<Batch> parts = new ArrayList<>();
    int from = 0;
    for (int end : ends) {
      parts.add(batch.samples(from, end));
      from = end;
    }
    parts.add(batch.samples(from, batch.size()));
    return BatchGroup.of(parts);
  }

  private static FlatVector direction(FlatVector theta) {
    FlatVector v = theta.like();
    for (int i = 0; i < v.length(); i++) {
      v.set(i, Math.sin(i + 1));
    }
    return v;
  }

  private static void assertClose(FlatVector actual, FlatVector expected) {
    assertThat(actual.toDoubleArray())
        .containsExactly(expected.toDoubleArray(), within(1e-12 * expected.maxAbs()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void lossGradientAndProductsAreThoseOfTheLargeBatch(int kept) {
    try (SameDiffObjective whole = SmallModels.classifier().build();
        AccumulatingObjective parts =
            new AccumulatingObjective(SmallModels.classifier().build(), kept)) {
      BatchGroup group = cut(all, 10, 29);
      FlatVector theta = whole.initialParameters();
      FlatVector v = direction(theta);
      FlatVector expected = theta.like();
      FlatVector actual = theta.like();
      Evaluation evaluation = whole.evaluate(theta, all);

      assertThat(parts.evaluate(theta, group).loss()).isCloseTo(evaluation.loss(), within(1e-12));
      assertThat(parts.evaluate(theta, group).metric())
          .isCloseTo(evaluation.metric(), within(1e-12));
      try (Linearization one = whole.linearize(theta, all);
          Linearization sum = parts.linearize(theta, group)) {
        assertThat(sum.value()).isCloseTo(evaluation.loss(), within(1e-12));
        one.ggnVectorProduct(v, expected);
        sum.ggnVectorProduct(v, actual);
        assertClose(actual, expected);
        one.gradient(expected);
        sum.gradient(actual);
        assertClose(actual, expected);
        sum.gradient(actual);
        assertClose(actual, expected);
      }
    }
  }

  @Test
  void factorsAreThoseOfTheLargeBatch() {
    try (SameDiffObjective whole = SmallModels.classifier().build();
        AccumulatingObjective parts =
            new AccumulatingObjective(SmallModels.classifier().build(), 1)) {
      FlatVector theta = whole.initialParameters();
      try (Linearization one = whole.linearize(theta, all);
          Linearization sum = parts.linearize(theta, cut(all, 10, 29))) {
        compare(sum.ggnFactor().orElseThrow(), one.ggnFactor().orElseThrow(), theta);
        assertThat(sum.ggnFactor().orElseThrow().gramNeedsRows()).isTrue();
        compare(
            sum.empiricalFisherFactor().orElseThrow(),
            one.empiricalFisherFactor().orElseThrow(),
            theta);
        CurvatureFactor drawn = sum.sampledFisherFactor(2, 3).orElseThrow();
        assertThat(drawn.rows()).isEqualTo(2 * N);
      }
    }
  }

  private static void compare(CurvatureFactor actual, CurvatureFactor expected, FlatVector theta) {
    assertThat(actual.rows()).isEqualTo(expected.rows());
    double[] rows = new double[actual.rows() * theta.length()];
    double[] expectedRows = rows.clone();
    actual.matrix(rows);
    expected.matrix(expectedRows);
    assertThat(rows).containsExactly(expectedRows, within(1e-13));
    double[] gram = new double[actual.rows() * actual.rows()];
    double[] expectedGram = gram.clone();
    actual.gram(gram);
    expected.gram(expectedGram);
    assertThat(gram).containsExactly(expectedGram, within(1e-13));
    FlatVector diagonal = theta.like();
    FlatVector expectedDiagonal = theta.like();
    actual.diagonal(diagonal);
    expected.diagonal(expectedDiagonal);
    assertClose(diagonal, expectedDiagonal);
  }

  /** Solved to the end, so that rounding is not magnified by a truncated solve. */
  private static SgnOptionsBuilder exact() {
    return SgnOptions.builder()
        .damping(0.05)
        .cgMaxIterations(300)
        .cgMinIterations(300)
        .cgTolerance(1e-14);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 17", "1, 17", "9, 5", "9, 0"})
  void stepsAreThoseOfTheLargeBatch(int kept, int curvatureSamples) {
    SgnOptions options = exact().curvatureSamples(curvatureSamples).build();
    try (SameDiffObjective whole = SmallModels.classifier().build();
        SameDiffObjective model = SmallModels.classifier().build();
        AccumulatingObjective parts = new AccumulatingObjective(model, kept)) {
      SgnOptimizer one = new SgnOptimizer(whole, options);
      SgnOptimizer sum = new SgnOptimizer(parts, options);
      BatchGroup group = cut(all, 10, 29);
      for (int i = 0; i < 4; i++) {
        StepReport expected = one.step(all);
        StepReport actual = sum.step(group);
        assertThat(actual.curvatureSamples()).isEqualTo(expected.curvatureSamples());
        assertThat(actual.lossAfter()).isCloseTo(expected.lossAfter(), within(1e-9));
      }
      assertThat(sum.theta().toDoubleArray())
          .containsExactly(one.theta().toDoubleArray(), within(1e-8));
      assertThat(model.idleWorkspaces()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROW_SPACE", "DENSE", "AUTOMATIC"})
  void exactSolversTakeGroups(SolverKind solver) {
    BatchGroup group = cut(SmallModels.numbers(N, 1), 8, 30);
    for (CurvatureKind kind :
        new CurvatureKind[] {CurvatureKind.GAUSS_NEWTON, CurvatureKind.EMPIRICAL_FISHER}) {
      try (Objective objective =
          new WeightDecay(
              new AccumulatingObjective(SmallModels.regression().build()), 0.01, "w*")) {
        SgnOptimizer iterated = new SgnOptimizer(objective, exact().curvature(kind).build());
        SgnOptimizer direct =
            new SgnOptimizer(objective, exact().curvature(kind).solver(solver).build());
        iterated.step(group);
        direct.step(group);

        assertThat(direct.direction().toDoubleArray())
            .containsExactly(iterated.direction().toDoubleArray(), within(1e-8));
      }
    }
  }

  @Test
  void theDefaultsTrainOnGroups() {
    List<SameDiffObjectiveBuilder> models =
        List.of(SmallModels.classifier(), SmallModels.regression(), SmallModels.composed());
    List<ArrayBatch> batches = List.of(all, SmallModels.numbers(N, 1), SmallModels.numbers(N, 1));
    for (int i = 0; i < models.size(); i++) {
      try (AccumulatingObjective objective = new AccumulatingObjective(models.get(i).build())) {
        SgnOptimizer optimizer = new SgnOptimizer(objective, SgnOptions.defaults());
        BatchGroup group = cut(batches.get(i), 15, 25);
        double first = optimizer.step(group).lossBefore();
        for (int step = 0; step < 15; step++) {
          optimizer.step(group);
        }
        assertThat(objective.value(optimizer.theta(), group)).isLessThan(0.9 * first);
      }
    }
  }

  @Test
  void onePartAtATimeHasOneWorkspace() {
    try (SameDiffObjective model = SmallModels.classifier().build()) {
      AccumulatingObjective objective = new AccumulatingObjective(model);
      FlatVector theta = model.initialParameters();
      FlatVector result = theta.like();
      BatchGroup group = cut(all, 10, 20, 30);
      try (Linearization linearization = objective.linearize(theta, group)) {
        linearization.gradient(result);
        linearization.ggnVectorProduct(theta, result);
        assertThat(model.idleWorkspaces()).isEqualTo(1);
      }
      try (Linearization linearization =
          new AccumulatingObjective(model, 3).linearize(theta, group)) {
        linearization.ggnVectorProduct(theta, result);
      }
      assertThat(model.idleWorkspaces()).isEqualTo(4);
    }
  }

  @Test
  void aPartThatDoesNotFitIsRefusedAndNothingStaysOpen() {
    try (SameDiffObjective model = SmallModels.classifier().build()) {
      AccumulatingObjective objective = new AccumulatingObjective(model, 2);
      FlatVector theta = model.initialParameters();
      ArrayBatch narrow =
          ArrayBatch.of(Nd4j.zeros(DataType.DOUBLE, 2, 3), Nd4j.createFromArray(0, 1));

      assertThatThrownBy(() -> objective.linearize(theta, BatchGroup.of(all, narrow)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(model.idleWorkspaces()).isPositive();
    }
  }

  @Test
  void modelsThatCoupleSamplesAreRefused() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable hidden = net.active(4);
    net.sd.nn.tanh(hidden.sub(hidden.mean(true, 0))).mmul("out", net.parameter(4, 3));
    assertCoupled(net, "batch statistics");

    Net sums = new Net(DataType.DOUBLE);
    SDVariable y = sums.sd.placeHolder("y", DataType.DOUBLE, -1, 1);
    SDVariable out = sums.active(1).mmul("out", sums.parameter(1, 1));
    sums.sd.math.square(out.sub(y)).sum("loss");
    try (SameDiffObjective model =
        SameDiffObjective.builder(sums.sd).output("out").lossVariable("loss").build()) {
      assertRefused(model, SmallModels.numbers(N, 1), "the loss is not a mean over the samples");
    }
  }

  private void assertCoupled(Net net, String reason) {
    try (SameDiffObjective model =
        SameDiffObjective.builder(net.sd)
            .output("out")
            .loss(Losses.softmaxCrossEntropy())
            .build()) {
      assertRefused(model, all, reason);
    }
  }

  private static void assertRefused(SameDiffObjective model, ArrayBatch batch, String reason) {
    AccumulatingObjective objective = new AccumulatingObjective(model);
    FlatVector theta = model.initialParameters();
    BatchGroup group = cut(batch, 20);
    assertThatThrownBy(() -> objective.linearize(theta, group))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the parts of a group of batches cannot be computed apart: ")
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> objective.evaluate(theta, group))
        .isInstanceOf(IllegalArgumentException.class);
    // Alone they are welcome.
    assertThat(objective.value(theta, batch)).isEqualTo(model.value(theta, batch));
  }

  @Test
  void modelsThatDeclareTheirBatchTakeSeveralOfThem() {
    try (SameDiffObjective model = SmallModels.classifierOf(10).build();
        SameDiffObjective free = SmallModels.classifier().build()) {
      AccumulatingObjective objective = new AccumulatingObjective(model);
      FlatVector theta = model.initialParameters();
      BatchGroup group = cut(all, 10, 20, 30);

      assertThat(objective.fixesBatchSize()).isTrue();
      assertThat(objective.value(theta, group)).isCloseTo(free.value(theta, all), within(1e-12));
      SgnOptimizer optimizer = new SgnOptimizer(objective, exact().curvatureSamples(5).build());
      assertThat(optimizer.step(group).curvatureSamples()).isEqualTo(N);
    }
  }

  @Test
  void aModelAloneTakesNoGroups() {
    try (SameDiffObjective model = SmallModels.classifier().build()) {
      FlatVector theta = model.initialParameters();

      assertThatThrownBy(() -> model.evaluate(theta, cut(all, 10)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("BatchGroup; wrap it in an AccumulatingObjective");
      assertThatThrownBy(() -> new AccumulatingObjective(model, -1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("kept = -1");
    }
  }

  /** The source's batches share their arrays. */
  @Test
  void groupedBatchesOfADataSetHoldAllSamples() {
    ArrayDataset data = ArrayDataset.of(all.inputs().get(0), all.targets().get(0));
    try (SameDiffObjective whole = SmallModels.classifier().build()) {
      AccumulatingObjective objective = new AccumulatingObjective(whole);
      FlatVector theta = whole.initialParameters();
      GroupedBatches source = new GroupedBatches(data.batches(6, 1), 3);
      double sum = 0;
      int groups = 0;
      for (Iterator<Batch> epoch = source.epoch(0); epoch.hasNext(); groups++) {
        Batch group = epoch.next();
        sum += group.size() * objective.value(theta, group);
      }

      // 18, 18 and 4 samples.
      assertThat(groups).isEqualTo(3).isEqualTo(source.batchesPerEpoch());
      assertThat(sum / N).isCloseTo(whole.value(theta, all), within(1e-12));
    }
  }

  @Test
  void aTrainerTakesGroupedBatches() {
    ArrayDataset data = ArrayDataset.of(all.inputs().get(0), all.targets().get(0));
    try (SameDiffObjective model = SmallModels.classifier().build()) {
      SgnOptimizer optimizer =
          new SgnOptimizer(new AccumulatingObjective(model), SgnOptions.defaults());
      double before = model.value(optimizer.theta(), all);

      TrainingResult result =
          Trainer.builder(optimizer, new GroupedBatches(data.batches(10, 1), 2))
              .epochs(8)
              .build()
              .run();

      assertThat(result.steps()).isEqualTo(16);
      assertThat(model.value(result.solution(), all)).isLessThan(0.8 * before);
      assertThat(model.initialParameters().toDoubleArray())
          .isEqualTo(result.solution().toDoubleArray());
    }
  }

  @Test
  void copiesOfArraysTakeStorageThatFits() {
    ArrayBatch copy = all.copy(null);
    INDArray storage = copy.inputs().get(0);
    ArrayBatch other = SmallModels.classes(N, 2);
    ArrayBatch reused = other.copy(copy);

    assertThat(copy.inputs().get(0)).isNotSameAs(all.inputs().get(0));
    assertThat(reused).isNotSameAs(copy);
    assertThat(reused.inputs().get(0)).isSameAs(storage).isEqualTo(other.inputs().get(0));
    assertThat(reused.targets().get(0)).isEqualTo(other.targets().get(0));
    assertThat(SmallModels.classes(3, 1).copy(copy).inputs().get(0)).isNotSameAs(storage);
    assertThat(all.copy(BatchGroup.of(copy)).inputs().get(0)).isEqualTo(all.inputs().get(0));
  }
}
