package io.github.sgn4j.autodiff;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** An immutable set of tangent rules, by op name. */
public final class TangentRules {

  private static final TangentRules STANDARD = new TangentRules(StandardRules.all());

  private final Map<String, TangentRule> rules;

  private TangentRules(Map<String, TangentRule> rules) {
    this.rules = rules;
  }

  /** The rules that come with the library. */
  public static TangentRules standard() {
    return STANDARD;
  }

  /**
   * These rules and one more, which takes precedence.
   *
   * @param opName the op's name in SameDiff, as {@code DifferentialFunction.opName()} gives it
   */
  public TangentRules with(String opName, TangentRule rule) {
    Map<String, TangentRule> more = new TreeMap<>(rules);
    more.put(Objects.requireNonNull(opName, "opName"), Objects.requireNonNull(rule, "rule"));
    return new TangentRules(more);
  }

  /** The rule for an op, or null. */
  public TangentRule get(String opName) {
    return rules.get(opName);
  }

  /** Names of the ops that have a rule. */
  public Set<String> opNames() {
    return Collections.unmodifiableSet(rules.keySet());
  }
}
