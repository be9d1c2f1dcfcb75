package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.GridNode.Fields;
import io.github.sgn4j.examples.compare.GridNode.Items;
import io.github.sgn4j.examples.compare.GridNode.Text;
import io.github.sgn4j.examples.compare.OptionCatalog.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes configurations of a grid's entries: of a list of values one configuration each. */
final class GridExpansion {

  /** More would take days, and are a slip: lists multiply. */
  private static final int MOST = 500;

  private static final String SOLVER = "solver";
  private static final int LONGEST_NAME = 100;

  private final String file;
  private final Map<String, Kind> options;

  GridExpansion(String file, Map<String, Kind> options) {
    this.file = file;
    this.options = options;
  }

  /** All of a grid's configurations. */
  List<Configuration> expand(GridNode list, List<GridNode> entries) {
    if (entries.isEmpty()) {
      throw refused(list, "configurations is empty; give one or more");
    }
    List<Configuration> all = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (GridNode entry : entries) {
      for (Configuration one : expand(entry)) {
        String other = names.putIfAbsent(one.slug(), one.name());
        if (other != null) {
          throw refused(
              entry,
              (other.equals(one.name())
                      ? "two configurations are called "
                      : GridReader.quoted(other) + " has the same folder as ")
                  + GridReader.quoted(one.name())
                  + "; give names that differ");
        }
        all.add(one);
        if (all.size() > MOST) {
          throw refused(entry, "these are more than " + MOST + " configurations");
        }
      }
    }
    return List.copyOf(all);
  }

  private List<Configuration> expand(GridNode entry) {
    if (!(entry instanceof Fields fields)) {
      throw refused(entry, "a configuration takes keys with values, not " + entry.kind());
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    Tuning tuning = null;
    long count = 1;
    for (Map.Entry<String, GridNode> field : fields.fields().entrySet()) {
      String key = field.getKey();
      GridNode value = field.getValue();
      if (key.equals("name")) {
        continue;
      } else if (key.equals("tune")) {
        tuning = tuning(value);
      } else {
        String option = option(key, value);
        if (values.put(option, values(key, value)) != null) {
          throw refused(value, option + " is given twice");
        }
        count *= values.get(option).size();
      }
      if (count > MOST) {
        throw refused(value, "these lists make more than " + MOST + " configurations");
      }
    }
    if (tuning != null && values.containsKey(tuning.option())) {
      throw refused(entry, tuning.option() + " is both given and tuned");
    }
    return named(entry, fields.fields().get("name"), values, tuning);
  }

  private List<Configuration> named(
      GridNode entry, GridNode name, Map<String, List<String>> values, Tuning tuning) {
    List<Configuration> made = new ArrayList<>();
    for (Map<String, String> chosen : combinations(values)) {
      StringBuilder text = new StringBuilder(name == null ? "" : text(name, "name"));
      if (name == null) {
        text.append(chosen.getOrDefault(SOLVER, "SGN"));
      }
      chosen.forEach(
          (option, value) -> {
            if (values.get(option).size() > 1 && !(name == null && option.equals(SOLVER))) {
              text.append(", ").append(option).append(' ').append(value);
            }
          });
      Configuration configuration = Configuration.of(text.toString().strip(), chosen, tuning);
      if (configuration.slug().isEmpty() || text.length() > LONGEST_NAME) {
        throw refused(
            entry,
            "the name "
                + GridReader.quoted(text.toString())
                + " takes a letter or digit, and at most "
                + LONGEST_NAME
                + " of them");
      }
      made.add(configuration);
    }
    return made;
  }

  /** All ways to take one value of each list, the last list changing fastest. */
  private static List<Map<String, String>> combinations(Map<String, List<String>> values) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> option : values.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> one : all) {
        for (String value : option.getValue()) {
          Map<String, String> with = new LinkedHashMap<>(one);
          with.put(option.getKey(), value);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }

  private Tuning tuning(GridNode node) {
    if (!(node instanceof Fields fields) || fields.fields().size() != 1) {
      throw refused(node, "tune takes one option with a list of values, such as {lr: [0.1, 1]}");
    }
    Map.Entry<String, GridNode> only = fields.fields().entrySet().iterator().next();
    String option = option(only.getKey(), only.getValue());
    List<String> values = values(only.getKey(), only.getValue());
    if (values.size() < 2 || options.get(option) == Kind.SWITCH) {
      throw refused(node, "tune takes two values or more to choose from");
    }
    if (option.equals("weight-decay")) {
      // Values are chosen by the train loss alone, which is lowest without any.
      throw refused(
          node, "weight-decay cannot be tuned by the train loss; list its values instead");
    }
    requireFoldersOfTheirOwn(node, option, values);
    return new Tuning(option, values);
  }

  /** Of each value's trial. */
  private void requireFoldersOfTheirOwn(GridNode node, String option, List<String> values) {
    Map<String, String> folders = new HashMap<>();
    for (String value : values) {
      String other = folders.putIfAbsent(Run.trialFolder(option, value), value);
      if (other != null) {
        throw refused(
            node,
            GridReader.quoted(other)
                + " has the same folder as "
                + GridReader.quoted(value)
                + "; write the numbers otherwise, such as 1000 for 1e+3");
      }
    }
  }

  /** The option that a key means: of a switch, "no-tr: true" is "tr: false". */
  private String option(String key, GridNode value) {
    if (key.startsWith("no-") && options.get(key.substring(3)) == Kind.SWITCH) {
      return key.substring(3);
    }
    GridKeys.checkOption(file, key, value, options.keySet());
    return key;
  }

  private List<String> values(String key, GridNode node) {
    List<GridNode> nodes = node instanceof Items items ? items.items() : List.of(node);
    if (nodes.isEmpty()) {
      throw refused(node, key + " is an empty list");
    }
    Set<String> values = new LinkedHashSet<>();
    Set<Object> known = new HashSet<>();
    for (GridNode each : nodes) {
      String value = text(each, key);
      if (!options.containsKey(key) || options.get(key) == Kind.SWITCH) {
        value = flag(key, value, each);
      }
      values.add(value);
      if (!known.add(sameNumber(value))) {
        throw refused(each, key + " has " + GridReader.quoted(value) + " twice");
      }
    }
    return List.copyOf(values);
  }

  private String flag(String key, String value, GridNode node) {
    boolean on = value.equalsIgnoreCase("true");
    if (!on && !value.equalsIgnoreCase("false")) {
      throw refused(node, key + " is " + GridReader.quoted(value) + "; it takes true or false");
    }
    return String.valueOf(on != !options.containsKey(key));
  }

  private static Object sameNumber(String value) {
    try {
      return Double.valueOf(value);
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private String text(GridNode node, String key) {
    if (node instanceof Text text) {
      return text.text();
    }
    throw refused(node, key + " takes a value or a list of values, not " + node.kind());
  }

  private GridException refused(GridNode node, String what) {
    return new GridException(GridKeys.at(file, node) + ": " + what + ".");
  }
}
