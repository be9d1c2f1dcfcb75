package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.Version;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page: one HTML file that needs nothing else. The same runs give the same bytes. */
final class ReportPage {

  private final Report report;
  private final PageAssets assets = new PageAssets();

  ReportPage(Report report) {
    this.report = report;
  }

  /** The page's HTML. */
  String toHtml() {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(assets.policy())
        .append("\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.append("<title>").append(Html.text(report.title())).append("</title>\n");
    html.append(assets.styleElement()).append("</head>\n<body>\n<main>\n");
    html.append("<h1>").append(Html.text(report.title())).append("</h1>\n");
    html.append(paragraph("", report.overview()));
    html.append(
            "<noscript><p class=\"warning\">The curves need JavaScript; tables and text do not.")
        .append("</p></noscript>\n");
    html.append(damaged());
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < report.sections().size(); i++) {
      String id = "s" + (i + 1);
      Section section = report.sections().get(i);
      html.append(new SectionHtml(id, section, report.published()).toHtml());
      data.add(new PageData(report.published()).of(id, section));
    }
    html.append(environment()).append("</main>\n").append(footer());
    html.append("<script type=\"application/json\" id=\"report-data\">")
        .append(Html.json(JsonFiles.inOneLine(Map.of("sections", data))))
        .append("</script>\n");
    return html.append(assets.scriptElements()).append("</body>\n</html>\n").toString();
  }

  private static String paragraph(String kind, String text) {
    return "<p"
        + (kind.isEmpty() ? "" : " class=\"" + kind + "\"")
        + ">"
        + Html.text(text)
        + "</p>\n";
  }

  private String damaged() {
    if (report.damaged().isEmpty()) {
      return "";
    }
    StringBuilder html =
        new StringBuilder(paragraph("warning", "Folders that could not be read as runs:"));
    html.append("<ul class=\"warning\">\n");
    report.damaged().forEach(line -> html.append("<li>").append(Html.text(line)).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  private String environment() {
    List<List<String>> rows = new ArrayList<>();
    EnvironmentTable.of(report.runs())
        .forEach(
            (fact, value) ->
                rows.add(
                    List.of("<th scope=\"row\">" + Html.text(fact) + "</th>", Html.cell(value))));
    List<List<String>> all = new ArrayList<>();
    for (FoundRun run : report.runs()) {
      double loss = Measure.TRAIN_LOSS.finalValue(run.results());
      all.add(
          List.of(
              Html.cell(run.folder()),
              Html.cell(run.seed()),
              Html.cell(run.ending().text()),
              Html.cell(String.valueOf(run.results().totEpochs()), run.results().totEpochs()),
              Html.cell(
                  String.valueOf(run.results().totIterations()),
                  (double) run.results().totIterations()),
              Html.cell(Numbers.seconds(run.results().totTime()), run.results().totTime()),
              Html.cell(Numbers.of(loss), loss)));
    }
    return "<h2>Environment</h2>\n"
        + Html.table("Environment of the runs", "texts", List.of("fact", "value"), rows)
        + Html.details(
            "All runs (" + all.size() + ")",
            Html.table(
                "All runs",
                "sortable",
                List.of("folder", "seed", "ended", "epochs", "steps", "seconds", "train loss"),
                all));
  }

  private String footer() {
    return "<footer>\n"
        + paragraph(
            "",
            "Written by SGN4J "
                + Version.current()
                + ". This page is one file and asks for nothing from the network.")
        + Html.details(
            "Charts by uPlot, under the MIT License",
            "<pre>" + Html.text(assets.licence()) + "</pre>\n")
        + "</footer>\n";
  }
}
