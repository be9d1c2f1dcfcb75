package io.github.sgn4j.examples.cli;

import io.github.sgn4j.optimizer.DampingRule;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SolverKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Which options go together. An option that the chosen solver does not know is refused: whoever
 * gives it believes that it does something. One that it knows but does not use just now is noted.
 */
final class OptionRules {

  private final ParseResult given;
  private final CommandSpec spec;

  OptionRules(ParseResult given, CommandSpec spec) {
    this.given = given;
    this.spec = spec;
  }

  /** Refuses options of other solvers. */
  void refuseForeign(Solver solver) {
    Set<String> foreign = new TreeSet<>();
    if (solver == Solver.SGN) {
      foreign.addAll(givenOf("first"));
    } else {
      foreign.addAll(givenOf("sgn"));
      if (solver != Solver.SGD) {
        foreign.addAll(givenOf("first"));
        foreign.addAll(among("--k"));
        if (solver.hasLearningRate()) {
          foreign.remove("--lr");
        }
        if (solver.hasMomentum()) {
          foreign.remove("--momentum");
        }
      }
    }
    refuse("--solver " + solver, foreign);
  }

  /** Refuses those of the named options that are given, as having no place beside a choice. */
  void refuse(String choice, Set<String> names) {
    Set<String> found = among(names.toArray(String[]::new));
    if (!found.isEmpty()) {
      throw new InputException("Not for " + choice + ": " + String.join(", ", found) + ".");
    }
  }

  /** Refuses the options of a mixin, as having no place beside a choice. */
  void refuseMixin(String choice, String mixin) {
    refuse(choice, givenOf(mixin));
  }

  /** A line for each group of options that have no effect on this run. */
  List<String> withoutEffect(SgnOptions sgn, FirstOrderSettings firstOrder) {
    List<String> notes = new ArrayList<>();
    if (sgn.dampingRule() != DampingRule.SCHEDULE) {
      note(notes, among("--rho-schedule"), "the trust region is on; switch it off with --no-tr");
    }
    if (!sgn.lineSearch()) {
      note(notes, among("--c-ls", "--rho-ls", "--max-ls-iter"), "the line search is off");
    }
    if (!sgn.preconditioner()) {
      note(notes, among("--alpha-exp"), "the preconditioner is off; switch it on with --precond");
    }
    if (sgn.solver() == SolverKind.ROW_SPACE || sgn.solver() == SolverKind.DENSE) {
      note(
          notes,
          among(
              "--cg-max-iter",
              "--cg-min-iter",
              "--k-cg",
              "--cg-tol",
              "--cg-rel-tol",
              "--cg-progress",
              "--cg-backtracking",
              "--warm-start",
              "--precond",
              "--cg-prec"),
          "--linear-solver solves exactly");
    }
    if (firstOrder.scheduler != FirstOrderSettings.Scheduler.STEP) {
      note(notes, among("--step", "--reduction"), "they belong to --scheduler step");
    }
    if (firstOrder.scheduler == FirstOrderSettings.Scheduler.CONST) {
      note(notes, among("--lr-final"), "the learning rate is constant; choose a --scheduler");
    }
    return notes;
  }

  private static void note(List<String> notes, Set<String> options, String reason) {
    if (!options.isEmpty()) {
      notes.add("Note: no effect of " + String.join(", ", options) + ": " + reason + ".");
    }
  }

  private Set<String> givenOf(String mixin) {
    return spec.mixins().get(mixin).options().stream()
        .filter(option -> given.hasMatchedOption(option.longestName()))
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  private Set<String> among(String... names) {
    Set<String> found = new TreeSet<>();
    for (String name : names) {
      if (given.hasMatchedOption(name)) {
        found.add(name);
      }
    }
    return found;
  }
}
