package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.report.PublishedCurves.Published;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What the page's script draws, as JSON: {@code {sections: [...]}}, each with
 *
 * <ul>
 *   <li>{@code id} of its element,
 *   <li>{@code entries} of its legend: {@code id} (place in the list), {@code name}, {@code shown},
 *       {@code published},
 *   <li>{@code measures}: {@code key}, {@code title}, {@code fraction},
 *   <li>{@code curves}: {@code entry}, {@code name}, {@code ending} of a single run that is not
 *       done, {@code epochs}, {@code seconds}, and per measure key {@code mean}, {@code low},
 *       {@code high}, the last two left out where they equal the first,
 *   <li>{@code quantities} of SGN's steps: {@code key}, {@code title}, {@code log}, {@code curves}
 *       with {@code entry}, {@code name}, {@code steps}, {@code mean}, {@code low}, {@code high}.
 * </ul>
 *
 * Numbers have five significant digits; null leaves a gap.
 */
final class PageData {

  private static final MathContext DIGITS = new MathContext(5);

  /** What SGN records of each step. */
  private enum Quantity {
    RHO("damping", RunResults::rho),
    ALPHA("step size", RunResults::alpha),
    CG_ITERATIONS("CG iterations", RunResults::cgIterations);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // A method reference.
    private final Function<RunResults, List<? extends Number>> steps;

    Quantity(String title, Function<RunResults, List<? extends Number>> steps) {
      this.title = title;
      this.steps = steps;
    }
  }

  private final PublishedCurves published;

  PageData(PublishedCurves published) {
    this.published = published;
  }

  /** Of a section with that id. */
  Map<String, Object> of(String id, Section section) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", id);
    List<Object> entries = new ArrayList<>();
    List<Object> curves = new ArrayList<>();
    for (RunGroup group : section.groups()) {
      int entry = entries.size();
      entries.add(entry(entry, group.name(), true, false));
      if (!group.done().isEmpty()) {
        curves.add(curve(section, entry, group.name(), null, group.done()));
      }
      for (FoundRun run : group.undone()) {
        String name = group.name() + ", seed " + run.seed() + ", " + run.ending().text();
        curves.add(curve(section, entry, name, run.ending(), List.of(run)));
      }
    }
    for (Published each : published.of(section.task())) {
      int entry = entries.size();
      String name = "published: " + each.name();
      entries.add(entry(entry, name, published.isShown(each, section.task()), true));
      curves.add(curve(section, entry, name, each));
    }
    data.put("entries", entries);
    data.put("measures", section.curveMeasures().stream().map(PageData::measure).toList());
    data.put("curves", curves);
    data.put("quantities", quantities(section));
    return data;
  }

  /** The key of a measure. */
  static String key(Measure measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  /** Keys of what SGN's steps tell, with their titles; empty if no run has them. */
  static Map<String, String> quantityTitles(Section section) {
    Map<String, String> titles = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.values()) {
      if (section.groups().stream().anyMatch(group -> !steps(quantity, group).isEmpty())) {
        titles.put(quantity.name().toLowerCase(Locale.ROOT), quantity.title);
      }
    }
    return titles;
  }

  /** Most steps that a point of the section's step curves stands for. */
  static int stepsPerPoint(Section section) {
    return section.groups().stream()
        .flatMap(group -> steps(Quantity.RHO, group).stream())
        .mapToInt(steps -> StepCurve.stepsPerPoint(steps.size()))
        .max()
        .orElse(1);
  }

  private static Map<String, Object> entry(int id, String name, boolean shown, boolean published) {
    return map("id", id, "name", name, "shown", shown, "published", published);
  }

  private static Map<String, Object> measure(Measure measure) {
    return map("key", key(measure), "title", measure.title(), "fraction", measure.isFraction());
  }

  private static Map<String, Object> curve(
      Section section, int entry, String name, Ending ending, List<FoundRun> runs) {
    Map<String, Object> data =
        map("entry", entry, "name", name, "ending", ending == null ? null : ending.text());
    List<RunResults> results = runs.stream().map(FoundRun::results).toList();
    for (Measure measure : section.curveMeasures()) {
      Curve curve = Curve.of(measure, results);
      if (!curve.isEmpty()) {
        data.put("epochs", rounded(curve.epochs()));
        data.put("seconds", ascending(curve.seconds()));
        data.put(key(measure), band(curve.mean(), curve.low(), curve.high()));
      }
    }
    return data;
  }

  private static Map<String, Object> curve(
      Section section, int entry, String name, Published published) {
    Map<String, Object> data =
        map("entry", entry, "name", name, "ending", null, "epochs", published.epochs());
    data.put("seconds", published.seconds());
    for (Measure measure : section.curveMeasures()) {
      if (published.of(measure) != null) {
        data.put(key(measure), map("mean", published.of(measure)));
      }
    }
    return data;
  }

  private static List<Object> quantities(Section section) {
    List<Object> all = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      List<Object> curves = new ArrayList<>();
      boolean log = quantity == Quantity.RHO;
      for (int entry = 0; entry < section.groups().size(); entry++) {
        RunGroup group = section.groups().get(entry);
        List<List<? extends Number>> steps = steps(quantity, group);
        if (!steps.isEmpty()) {
          StepCurve curve = StepCurve.of(steps);
          Map<String, Object> data = map("entry", entry, "name", group.name());
          data.put("steps", curve.steps());
          data.putAll(band(curve.mean(), curve.low(), curve.high()));
          curves.add(data);
        }
      }
      if (!curves.isEmpty()) {
        String key = quantity.name().toLowerCase(Locale.ROOT);
        all.add(map("key", key, "title", quantity.title, "log", log, "curves", curves));
      }
    }
    return all;
  }

  /** Of the runs that are done; of a configuration without any, of all. */
  private static List<List<? extends Number>> steps(Quantity quantity, RunGroup group) {
    List<FoundRun> runs = group.done().isEmpty() ? group.runs() : group.done();
    List<List<? extends Number>> steps = new ArrayList<>();
    for (FoundRun run : runs) {
      List<? extends Number> values = quantity.steps.apply(run.results());
      if (values != null && !values.isEmpty()) {
        steps.add(values);
      }
    }
    return steps;
  }

  private static Map<String, Object> band(List<Double> mean, List<Double> low, List<Double> high) {
    Map<String, Object> band = map("mean", rounded(mean));
    if (!low.equals(mean) || !high.equals(mean)) {
      band.put("low", rounded(low));
      band.put("high", rounded(high));
    }
    return band;
  }

  private static List<Double> rounded(List<Double> values) {
    return values.stream().map(PageData::rounded).toList();
  }

  private static Double rounded(Double value) {
    return Double.isFinite(value)
        ? Double.valueOf(new BigDecimal(value).round(DIGITS).doubleValue())
        : Double.valueOf(Double.NaN);
  }

  /** Seconds with all their digits; where they do not ascend, the point has no place: NaN. */
  private static List<Double> ascending(List<Double> seconds) {
    List<Double> kept = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (double each : seconds) {
      boolean later = Double.isFinite(each) && each > last;
      last = later ? each : last;
      kept.add(later ? Math.rint(each * 1e6) / 1e6 : Double.NaN);
    }
    return kept;
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
