package io.github.sgn4j.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * JMH's medians as a Markdown table, beside a peer's if there is one. A peer is a file with one
 * JSON object a line: {@code net}, {@code threads} and, for {@code value}, {@code gradient}, {@code
 * product}, {@code sgn_step_cgN} and {@code sgd_step}, an object with {@code median} in
 * milliseconds. Where a net has several lines (thread counts), its best median counts.
 */
final class ResultTable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Key(String net, String quantity) {}

  /**
   * A line of the table.
   *
   * @param detail a benchmark's parameter beside the network
   * @param flops operations of its matrix products, or NaN
   */
  private record Row(String benchmark, String detail, Key key, double milliseconds, double flops) {}

  private ResultTable() {}

  /**
   * Arguments: JMH's JSON, the peer's lines (an empty file if there is none), the table to write.
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: ResultTable JMH.json PEER.jsonl TABLE.md");
    }
    String table = render(Files.readString(Path.of(args[0])), Files.readAllLines(Path.of(args[1])));
    Files.writeString(Path.of(args[2]), table);
  }

  /** The table. */
  static String render(String jmh, List<String> peerLines) throws IOException {
    Map<Key, Double> peer = bestMedians(peerLines);
    Map<Key, Row> rows = new LinkedHashMap<>();
    for (JsonNode run : JSON.readTree(jmh)) {
      Row row = row(run);
      rows.put(row.key, row);
    }
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | net | benchmark | median ms | GFLOP/s | BLAS alone | peer ms | ratio |
        |---|---|---|---|---|---|---|
        """);
    for (Row row : rows.values()) {
      Row floor = rows.get(new Key(row.key.net, "BlasFloor"));
      boolean product = row.benchmark.equals("GgnProduct") && floor != null;
      double other = peer.getOrDefault(row.key, Double.NaN);
      table.append(
          String.join(
              " | ",
              "| " + row.key.net,
              row.benchmark + row.detail,
              number("%.4f", row.milliseconds),
              number("%.0f", row.flops / row.milliseconds / 1e6),
              product ? number("%.0f %%", 100 * floor.milliseconds / row.milliseconds) : "",
              number("%.4f", other),
              number("%.2f", row.milliseconds / other) + " |\n"));
    }
    return table.toString();
  }

  private static Row row(JsonNode run) {
    // package.Class.method
    String type = beforeLastDot(run.path("benchmark").asText());
    String benchmark = type.substring(type.lastIndexOf('.') + 1);
    JsonNode metric = run.path("primaryMetric");
    String unit = metric.path("scoreUnit").asText();
    JsonNode median = metric.path("scorePercentiles").path("50.0");
    if (!unit.equals("ms/op") || !median.isNumber()) {
      throw new IllegalArgumentException(
          benchmark + " has the unit " + unit + ": run JMH with -bm sample -tu ms -rf json");
    }
    JsonNode params = run.path("params");
    String cg = params.path("cg").asText("");
    int threads = params.path("threads").asInt();
    String detail =
        !cg.isEmpty() ? " (CG " + cg + ")" : threads > 0 ? " (threads " + threads + ")" : "";
    String net = params.path("net").asText();
    Key key = new Key(net, quantity(benchmark, cg) + (threads > 0 ? threads : ""));
    return new Row(benchmark, detail, key, median.asDouble(), flops(benchmark, net, threads));
  }

  private static double flops(String benchmark, String net, int threads) {
    return switch (benchmark) {
      case "LargeGemm" -> LargeGemm.flops(threads);
      case "BlasFloor", "GgnProduct" ->
          Workload.NETS.contains(net)
              ? LayerProduct.productFlops(Workload.layersOf(net))
              : Double.NaN;
      default -> Double.NaN;
    };
  }

  private static String beforeLastDot(String name) {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** What the peer calls it. */
  private static String quantity(String benchmark, String cg) {
    return switch (benchmark) {
      case "Loss" -> "value";
      case "Gradient" -> "gradient";
      case "GgnProduct" -> "product";
      case "SgnStep" -> "sgn_step_cg" + cg;
      case "SgdStep" -> "sgd_step";
      default -> benchmark;
    };
  }

  private static Map<Key, Double> bestMedians(List<String> lines) throws IOException {
    Map<Key, Double> best = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode row = JSON.readTree(line);
      for (Map.Entry<String, JsonNode> field : row.properties()) {
        JsonNode median = field.getValue().path("median");
        if (median.isNumber()) {
          best.merge(
              new Key(row.path("net").asText(), field.getKey()), median.asDouble(), Math::min);
        }
      }
    }
    return best;
  }

  /** Empty for NaN. */
  private static String number(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }
}
