package dev.waybill.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** The results for programs. */
final class ReportJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportJson() {}

  static String of(List<Result> results, Scale scale, Instant at) {
    ObjectNode report = JSON.createObjectNode();
    report.put("at", at.toString()).put("rows", scale.rows()).put("share", scale.share());
    ObjectNode machine = report.putObject("machine");
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.vm.version"));
    ArrayNode lines = report.putArray("results");
    results.forEach(result -> write(lines.addObject(), result));
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and texts are always JSON", impossible);
    }
  }

  private static void write(ObjectNode line, Result result) {
    line.put("measurement", result.measurement()).put("what", result.what());
    line.put("value", result.value()).put("unit", result.unit());
    Result.Reference reference = result.reference();
    if (reference != null) {
      line.putObject("reference").put("what", reference.what()).put("value", reference.value());
      line.put("ratio", reference.ratio());
    }
    Target target = result.target();
    if (target != null) {
      line.put(target.atLeast() ? "atLeast" : "below", target.limit());
      line.put("met", result.met());
    }
  }
}
