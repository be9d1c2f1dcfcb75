package io.github.sgn4j.samediff;

import io.github.sgn4j.objective.AccumulatingObjective;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchGroup;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.ObjectiveContract;
import io.github.sgn4j.objective.WeightDecay;
import org.junit.jupiter.api.Nested;

/** SameDiff models, and what decorates them, keep the contract of objectives. */
class ObjectivesTest {

  /** 7 + 1 + 4 samples. */
  private static BatchGroup group() {
    return BatchGroup.of(
        SmallModels.classes(7, 1), SmallModels.classes(1, 2), SmallModels.classes(4, 3));
  }

  @Nested
  class Classifier extends ObjectiveContract {
    @Override
    protected Objective create() {
      return SmallModels.classifier().build();
    }

    @Override
    protected Batch batch() {
      return SmallModels.classes(9, 1);
    }
  }

  @Nested
  class ComposedLoss extends ObjectiveContract {
    @Override
    protected Objective create() {
      return SmallModels.composed().build();
    }

    @Override
    protected Batch batch() {
      return SmallModels.numbers(9, 1);
    }
  }

  @Nested
  class PartlyFrozen extends ObjectiveContract {
    @Override
    protected Objective create() {
      return SmallModels.classifier().frozen("w0", "b1").build();
    }

    @Override
    protected Batch batch() {
      return SmallModels.classes(9, 1);
    }
  }

  @Nested
  class Decaying extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new WeightDecay(SmallModels.classifier().build(), 0.3);
    }

    @Override
    protected Batch batch() {
      return SmallModels.classes(9, 1);
    }
  }

  @Nested
  class PartlyDecayingTwice extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new WeightDecay(
          new WeightDecay(SmallModels.regression().build(), 0.3, "w*"), 0.2, "w1", "b1");
    }

    @Override
    protected Batch batch() {
      return SmallModels.numbers(9, 1);
    }
  }

  @Nested
  class DecayingComposedLoss extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new WeightDecay(SmallModels.composed().build(), 0.3, "w0");
    }

    @Override
    protected Batch batch() {
      return SmallModels.numbers(9, 1);
    }
  }

  @Nested
  class AccumulatingNoneKept extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new AccumulatingObjective(SmallModels.classifier().build());
    }

    @Override
    protected Batch batch() {
      return group();
    }
  }

  @Nested
  class AccumulatingTwoKept extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new AccumulatingObjective(SmallModels.classifier().build(), 2);
    }

    @Override
    protected Batch batch() {
      return group();
    }
  }

  @Nested
  class AccumulatingAllKept extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new AccumulatingObjective(SmallModels.classifier().build(), 99);
    }

    @Override
    protected Batch batch() {
      return group();
    }
  }

  @Nested
  class AccumulatingASingleBatch extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new AccumulatingObjective(SmallModels.classifier().build());
    }

    @Override
    protected Batch batch() {
      return SmallModels.classes(9, 1);
    }
  }

  @Nested
  class AccumulatingComposedLoss extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new AccumulatingObjective(SmallModels.composed().build(), 1);
    }

    @Override
    protected Batch batch() {
      return BatchGroup.of(SmallModels.numbers(6, 1), SmallModels.numbers(3, 2));
    }
  }

  @Nested
  class DecayOfAccumulation extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new WeightDecay(
          new AccumulatingObjective(SmallModels.classifier().build(), 1), 0.3, "w*");
    }

    @Override
    protected Batch batch() {
      return group();
    }
  }

  @Nested
  class AccumulationOfDecay extends ObjectiveContract {
    @Override
    protected Objective create() {
      return new AccumulatingObjective(
          new WeightDecay(SmallModels.classifier().build(), 0.3, "w*"), 1);
    }

    @Override
    protected Batch batch() {
      return group();
    }
  }
}
