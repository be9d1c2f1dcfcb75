package io.github.sgn4j.samediff;

import io.github.sgn4j.autodiff.ForwardGraph;
import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.loss.Loss;
import io.github.sgn4j.metric.Metric;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.plan.Plan;
import io.github.sgn4j.samediff.SameDiffObjective.BatchReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;

/** Says how a SameDiff model is trained: placeholders, parameters, output and loss. */
public final class SameDiffObjectiveBuilder {

  private static final int MOST_THREADS = 1024;

  private final SameDiff model;
  private final ModelVariables variables;
  private List<String> inputs;
  private List<String> targets;
  private List<String> parameters;
  private final Set<String> frozen = new LinkedHashSet<>();
  private String output;
  private Loss loss;
  private String lossVariable;
  private Metric metric;
  private TangentRules rules = TangentRules.standard();
  private KernelChoice kernels = KernelChoice.AUTO;
  private int threads = Runtime.getRuntime().availableProcessors();
  private long memory = MemoryBudget.standard();

  SameDiffObjectiveBuilder(SameDiff model) {
    this.model = Objects.requireNonNull(model, "model");
    this.variables = new ModelVariables(model);
  }

  /**
   * The placeholders that a batch's inputs are bound to, in order. Default: those that the output
   * is computed from, in the order in which the graph's ops read them.
   */
  public SameDiffObjectiveBuilder inputs(String... names) {
    this.inputs = List.of(names);
    return this;
  }

  /**
   * What a batch's targets are bound to, in order: placeholders that the loss reads, or, with a
   * loss of the library, one free name. Default: what the loss reads beside the inputs.
   */
  public SameDiffObjectiveBuilder targets(String... names) {
    this.targets = List.of(names);
    return this;
  }

  /** The variable that the loss is applied to: logits, or a regression's prediction. */
  public SameDiffObjectiveBuilder output(String name) {
    this.output = Objects.requireNonNull(name, "name");
    return this;
  }

  /** A loss of the library, or one of your own, on the output. */
  public SameDiffObjectiveBuilder loss(Loss loss) {
    this.loss = Objects.requireNonNull(loss, "loss");
    return this;
  }

  /**
   * The model's own loss variable: SameDiff's softmax, sparse softmax or sigmoid cross-entropy or
   * mean squared error with unit weights and mean reduction (the sparse one, which has no
   * reduction, counts as its mean); or a scalar composed of basic ops, for which {@link #output}
   * must be named. Default, without {@link #loss}: the model's single loss variable.
   */
  public SameDiffObjectiveBuilder lossVariable(String name) {
    this.lossVariable = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * The trainable variables, in the order that theta gets. Default: all that the output depends on,
   * in the order in which the graph's ops read them.
   */
  public SameDiffObjectiveBuilder parameters(String... names) {
    this.parameters = List.of(names);
    return this;
  }

  /**
   * Variables that are not trained: they keep the values they have when the objective is built, bit
   * for bit, and nothing is differentiated with respect to them. What depends on the batch and on
   * frozen variables alone is computed once for each batch.
   */
  public SameDiffObjectiveBuilder frozen(String... names) {
    this.frozen.addAll(List.of(names));
    return this;
  }

  /** A metric that every evaluation reports beside the loss. Default: none. */
  public SameDiffObjectiveBuilder metric(Metric metric) {
    this.metric = metric;
    return this;
  }

  /** The rules of forward mode; extend the standard ones for ops of your own. */
  public SameDiffObjectiveBuilder tangentRules(TangentRules rules) {
    this.rules = Objects.requireNonNull(rules, "rules");
    return this;
  }

  /** Which kernels may be used. Default: specialised ones where they fit. */
  public SameDiffObjectiveBuilder kernels(KernelChoice kernels) {
    this.kernels = Objects.requireNonNull(kernels, "kernels");
    return this;
  }

  /**
   * How many threads compute a large batch together, in shards of its samples; the results do not
   * depend on it. Default: as many as there are processors. Small batches, and models that couple
   * the samples of a batch (batch norm in training form), take the calling thread alone.
   *
   * @throws IllegalArgumentException if not positive, or more than 1024
   */
  public SameDiffObjectiveBuilder threads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "option threads = " + threads + ": must be at least 1 and at most " + MOST_THREADS);
    }
    this.threads = threads;
    return this;
  }

  /**
   * How many bytes of activations and other buffers may be kept for the products of a step. Where a
   * batch needs more, it is computed in parts, some of them anew for every product: slower, with
   * the same results. A batch of a model that couples its samples is refused instead. Default: half
   * of what the process may hold off the heap.
   *
   * @throws IllegalArgumentException if less than 1 MiB
   */
  public SameDiffObjectiveBuilder memory(long bytes) {
    if (bytes < 1 << 20) {
      throw new IllegalArgumentException("option memory = " + bytes + ": must be at least 1 MiB");
    }
    this.memory = bytes;
    return this;
  }

  /**
   * Differentiates and compiles the model.
   *
   * @throws IllegalArgumentException if a name is unknown, the loss is not supported, or parameters
   *     are not all FLOAT or all DOUBLE
   * @throws io.github.sgn4j.autodiff.UnsupportedOpException if an op cannot be trained through
   */
  public SameDiffObjective build() {
    LossBinding binding = lossBinding();
    variables.require(binding.output(), "output");
    List<String> wanted = new ArrayList<>(List.of(binding.output()));
    boolean targetInGraph = variables.has(binding.target());
    if (targetInGraph) {
      wanted.add(binding.target());
    }
    ForwardGraph network = ForwardGraph.extract(model, List.of(binding.output()), List.of());
    ForwardGraph graph = ForwardGraph.extract(model, wanted, List.of());
    TrainedVariables trained = new TrainedVariables(variables, parameters, frozen);
    ParameterSpace space = trained.space(network);
    if (targetInGraph) {
      trained.requireFixed(binding.target());
    }
    Precision precision = trained.precision(space);
    List<String> inputNames = inputs != null ? inputs : placeholders(network, List.of());
    inputNames.forEach(variables::requirePlaceholder);
    List<String> targetNames = targetNames(graph, inputNames, binding, targetInGraph);
    Set<String> batchLeaves = new LinkedHashSet<>();
    requireOnce(inputNames, batchLeaves);
    requireOnce(targetNames, batchLeaves);
    requireComplete(graph, batchLeaves);
    Plan plan =
        Plan.compile(
            graph,
            space,
            precision,
            binding.output(),
            batchLeaves,
            trained.constants(graph, space),
            rules,
            kernels.resolve(),
            Set.of(binding.target()));
    return new SameDiffObjective(
        model,
        plan,
        binding,
        metric,
        inputNames,
        targetNames,
        reader(graph, inputNames, targetNames, binding),
        threads,
        memory);
  }

  private LossBinding lossBinding() {
    if (loss != null) {
      if (lossVariable != null) {
        throw new IllegalArgumentException("give loss(...) or lossVariable(...), not both");
      }
      if (output == null) {
        throw new IllegalArgumentException("loss(...) needs output(...): what it is applied to");
      }
      return new LossBinding(output, ownTarget(), loss);
    }
    String name = lossVariable != null ? lossVariable : onlyLossVariable();
    LossBinding binding = ModelLoss.recognise(model, name, output, rules);
    if (output != null && !output.equals(binding.output())) {
      throw new IllegalArgumentException(
          "the loss variable '"
              + name
              + "' is a function of '"
              + binding.output()
              + "', not of the output '"
              + output
              + "'");
    }
    return binding;
  }

  /** A loss of the library reads one array: the named target, else a free name. */
  private String ownTarget() {
    if (targets == null) {
      String name = "targets";
      // A variable of the model that happens to be called so is not meant.
      while (variables.has(name) && !variables.hasPlaceholder(name)) {
        name += "#";
      }
      return name;
    }
    if (targets.size() != 1) {
      throw new IllegalArgumentException("loss(...) reads one target, targets are " + targets);
    }
    return targets.get(0);
  }

  private String onlyLossVariable() {
    List<String> declared = model.getLossVariables();
    if (declared == null || declared.isEmpty()) {
      throw new IllegalArgumentException("give a loss: loss(...) or lossVariable(...)");
    }
    if (declared.size() > 1) {
      throw new IllegalArgumentException(
          "the model has several losses, "
              + declared
              + "; one is supported: choose it with lossVariable(...), or add them up in the graph");
    }
    return declared.get(0);
  }

  private List<String> placeholders(ForwardGraph graph, List<String> except) {
    List<String> names = variables.leavesInOrder(graph, VariableType.PLACEHOLDER);
    names.removeAll(except);
    return names;
  }

  private List<String> targetNames(
      ForwardGraph graph, List<String> inputNames, LossBinding binding, boolean targetInGraph) {
    if (targets != null) {
      return targets;
    }
    return targetInGraph ? placeholders(graph, inputNames) : List.of(binding.target());
  }

  private static void requireOnce(List<String> names, Set<String> seen) {
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "'" + name + "' is named twice among inputs(...) and targets(...)");
      }
    }
  }

  private void requireComplete(ForwardGraph graph, Set<String> batchLeaves) {
    for (String leaf : graph.leaves()) {
      if (variables.hasPlaceholder(leaf) && !batchLeaves.contains(leaf)) {
        throw new IllegalArgumentException(
            "the graph reads the placeholder '"
                + leaf
                + "', which is named neither in inputs(...) nor in targets(...)");
      }
    }
  }

  private BatchReader reader(
      ForwardGraph graph, List<String> inputNames, List<String> targetNames, LossBinding binding) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<String, DataType> types = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(inputNames);
    names.addAll(targetNames);
    for (String name : names) {
      if (graph.leaves().contains(name)) {
        types.put(name, graph.type(name));
        if (graph.shape(name) != null) {
          shapes.put(name, graph.shape(name));
        }
      }
    }
    return new BatchReader(
        inputNames, targetNames, binding.target(), shapes, types, graph.type(binding.output()));
  }
}
