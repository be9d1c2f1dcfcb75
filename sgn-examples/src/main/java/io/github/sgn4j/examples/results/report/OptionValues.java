package io.github.sgn4j.examples.results.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Options of {@code config.json} as people read them. */
final class OptionValues {

  private static final Map<String, String> SOLVERS =
      Map.of(
          "ADAM", "Adam",
          "ADADELTA", "AdaDelta",
          "ADAGRAD", "AdaGrad",
          "ADAMAX", "AdaMax",
          "AMSGRAD", "AMSGrad",
          "NADAM", "Nadam",
          "NESTEROVS", "Nesterov",
          "RMSPROP", "RMSProp");

  private OptionValues() {}

  /** The name on the command line, without the dashes in front. */
  static String option(String key) {
    return key.replace('_', '-');
  }

  /** Whole numbers without a fraction, lists by hyphens, maps in short. */
  static String text(Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof Double number) {
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e6;
      return whole ? String.valueOf(number.longValue()) : number.toString().replace("E", "e");
    }
    if (value instanceof List<?> list) {
      return list.stream().map(OptionValues::text).collect(Collectors.joining("-"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + " " + text(entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    return value.toString();
  }

  /** A solver's usual name. */
  static String solver(Object value) {
    return value == null ? "run" : SOLVERS.getOrDefault(value.toString(), value.toString());
  }
}
