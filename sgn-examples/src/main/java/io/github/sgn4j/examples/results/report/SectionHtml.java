package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.RunResults;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A section of the page: words, results, curves with their controls, configurations. */
final class SectionHtml {

  /** Rows for each configuration in the table that stands for the curves. */
  private static final int VALUES = 10;

  private final String id;
  private final Section section;
  private final PublishedCurves published;

  SectionHtml(String id, Section section, PublishedCurves published) {
    this.id = id;
    this.section = section;
    this.published = published;
  }

  String toHtml() {
    return "<section id=\""
        + id
        + "\">\n<h2>"
        + Html.text(section.title())
        + "</h2>\n<p>"
        + Html.text(new Verdict(section).text())
        + "</p>\n"
        + results()
        + curves()
        + steps()
        + configurations()
        + "</section>\n";
  }

  private String results() {
    ResultsTable table = new ResultsTable(section);
    List<List<String>> rows =
        table.rows().stream()
            .map(row -> row.stream().map(cell -> Html.cell(cell.text(), cell.value())).toList())
            .toList();
    return "<h3>Results</h3>\n"
        + Html.table("Results of " + section.title(), "sortable", table.titles(), rows)
        + note(Explanations.results(table));
  }

  private String curves() {
    StringBuilder html = new StringBuilder("<h3>Curves</h3>\n<div class=\"controls\">\n");
    html.append(choice("Against", "x", "seconds", "seconds", "epochs", "epochs"));
    html.append(choice("Horizontal axis", "xscale", "linear", "linear", "log", "logarithmic"));
    html.append(choice("Loss axis", "yscale", "log", "logarithmic", "linear", "linear"));
    html.append("</div>\n").append(legend("Legend: shows and hides curves", false));
    if (!published.of(section.task()).isEmpty()) {
      html.append(Html.details("More published runs", legend("Published runs", true)));
    }
    html.append("<div class=\"charts\">\n");
    for (Measure measure : section.curveMeasures()) {
      html.append(chart(PageData.key(measure), measure.title()));
    }
    html.append("</div>\n").append(note(Explanations.CURVES));
    StringBuilder more = new StringBuilder(note(Explanations.MORE_ON_CURVES));
    if (!published.of(section.task()).isEmpty()) {
      boolean same =
          published.of(section.task()).stream().anyMatch(each -> each.sameNetwork(section.task()));
      more.append(note(Explanations.published(published, same)));
    }
    html.append(Html.details("How the curves are made", more.toString()));
    return html.append(Html.details("Values of the curves", values())).toString();
  }

  /** A list that the script fills. */
  private static String legend(String label, boolean more) {
    return "<ul class=\"entries"
        + (more ? " more" : "")
        + "\" aria-label=\""
        + Html.text(label)
        + "\"></ul>\n";
  }

  /** Two radio buttons; the first of the values is chosen. */
  private String choice(String title, String name, String... valuesAndTexts) {
    StringBuilder html = new StringBuilder("<fieldset><legend>" + title + "</legend>");
    for (int i = 0; i < valuesAndTexts.length; i += 2) {
      html.append("<label><input type=\"radio\" name=\"" + id + "-" + name + "\" value=\"")
          .append(valuesAndTexts[i])
          .append(i == 0 ? "\" checked>" : "\">")
          .append(valuesAndTexts[i + 1])
          .append("</label>");
    }
    return html.append("</fieldset>\n").toString();
  }

  private static String chart(String key, String title) {
    return "<figure><figcaption>"
        + Html.text(title)
        + "</figcaption><div class=\"chart\" data-chart=\""
        + key
        + "\" role=\"img\" tabindex=\"0\" aria-label=\""
        + Html.text(title)
        + "\"></div></figure>\n";
  }

  private String values() {
    List<String> titles = new ArrayList<>(List.of("configuration", "epochs", "seconds"));
    section.curveMeasures().forEach(measure -> titles.add(measure.title()));
    List<List<String>> rows = new ArrayList<>();
    for (RunGroup group : section.groups()) {
      if (!group.done().isEmpty()) {
        rows.addAll(values(group.name(), group.done()));
      }
      group
          .undone()
          .forEach(
              run ->
                  rows.addAll(
                      values(
                          group.name() + ", seed " + run.seed() + ", " + run.ending().text(),
                          List.of(run))));
    }
    return Html.table("Values of the curves of " + section.title(), "", titles, rows);
  }

  private List<List<String>> values(String name, List<FoundRun> runs) {
    List<RunResults> results = runs.stream().map(FoundRun::results).toList();
    List<Curve> curves =
        section.curveMeasures().stream().map(measure -> Curve.of(measure, results)).toList();
    Curve first = curves.get(0);
    List<List<String>> rows = new ArrayList<>();
    for (int i : Thinning.indices(first.epochs().size(), VALUES)) {
      List<String> cells = new ArrayList<>();
      cells.add("<th scope=\"row\">" + Html.text(name) + "</th>");
      cells.add(Html.cell(String.valueOf(first.epochs().get(i).intValue())));
      cells.add(Html.cell(Numbers.seconds(first.seconds().get(i))));
      for (int m = 0; m < curves.size(); m++) {
        Curve curve = curves.get(m);
        boolean has = i < curve.mean().size();
        double mean = has ? curve.mean().get(i) : Double.NaN;
        cells.add(Html.cell(section.curveMeasures().get(m).text(mean)));
      }
      rows.add(cells);
    }
    return rows;
  }

  private String steps() {
    Map<String, String> quantities = PageData.quantityTitles(section);
    if (quantities.isEmpty()) {
      return "";
    }
    return "<h3>SGN, step by step</h3>\n<div class=\"charts small\">\n"
        + quantities.entrySet().stream()
            .map(each -> chart(each.getKey(), each.getValue()))
            .collect(Collectors.joining())
        + "</div>\n"
        + note(Explanations.steps(PageData.stepsPerPoint(section)));
  }

  private String configurations() {
    List<Map<String, Object>> options = section.groups().stream().map(RunGroup::options).toList();
    List<String> names = section.groups().stream().map(RunGroup::name).toList();
    List<String> differing = GroupNames.varied(options);
    Set<String> all = new LinkedHashSet<>(section.task().keySet());
    options.forEach(each -> all.addAll(each.keySet()));
    StringBuilder html = new StringBuilder("<h3>Configurations</h3>\n");
    if (!differing.isEmpty()) {
      html.append("<p>Options in which they differ:</p>\n");
      html.append(optionTable("Options that differ", names, List.copyOf(differing)));
    }
    return html.append(
            Html.details("All options", optionTable("All options", names, List.copyOf(all))))
        .toString();
  }

  /** Options in rows, or configurations if there are more of them. */
  private String optionTable(String label, List<String> names, List<String> keys) {
    boolean turned = names.size() > keys.size();
    List<String> options = keys.stream().map(OptionValues::option).toList();
    List<String> titles = new ArrayList<>(List.of(turned ? "configuration" : "option"));
    titles.addAll(turned ? options : names);
    List<String> heads = turned ? names : options;
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < heads.size(); row++) {
      List<String> cells = new ArrayList<>();
      cells.add("<th scope=\"row\">" + Html.text(heads.get(row)) + "</th>");
      for (int column = 1; column < titles.size(); column++) {
        cells.add(
            Html.cell(
                turned ? value(row, keys.get(column - 1)) : value(column - 1, keys.get(row))));
      }
      rows.add(cells);
    }
    return Html.table(label + " of " + section.title(), "texts", titles, rows);
  }

  private String value(int group, String key) {
    return OptionValues.text(
        section.task().containsKey(key)
            ? section.task().get(key)
            : section.groups().get(group).options().get(key));
  }

  private static String note(String text) {
    return "<p class=\"note\">" + Html.text(text) + "</p>\n";
  }
}
