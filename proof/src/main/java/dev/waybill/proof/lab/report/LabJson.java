package dev.waybill.proof.lab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waybill.proof.lab.judge.Row;
import dev.waybill.proof.lab.judge.Verdict;
import dev.waybill.proof.lab.judge.Wrong;
import dev.waybill.proof.lab.ledger.LabLedger;
import java.util.Locale;

/** The report for programs. Durations are microseconds. */
final class LabJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private LabJson() {}

  static String of(LabLedger ledger, Verdict verdict) {
    ObjectNode report = JSON.createObjectNode();
    report.put("holds", verdict.holds());
    report.set("complaints", JSON.valueToTree(verdict.complaints()));
    report.set("run", JSON.valueToTree(ledger.run()));
    ArrayNode rows = report.putArray("rows");
    verdict.rows().forEach(row -> write(rows.addObject(), row));
    ArrayNode offenders = report.putArray("firstOffenders");
    Offender.all(ledger, verdict).forEach(one -> offenders.add(JSON.<ObjectNode>valueToTree(one)));
    report.set("threats", JSON.valueToTree(Texts.THREATS));
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and texts are always JSON", impossible);
    }
  }

  private static void write(ObjectNode node, Row row) {
    node.put("pattern", row.variant())
        .put("words", row.words())
        .put("recognises", row.b().text().equals("yes"))
        .put("asked", row.asked())
        .put("committed", row.found().committed().size())
        .put("told", row.found().told().size());
    for (Wrong wrong : Wrong.values()) {
      node.put(wrong.name().toLowerCase(Locale.ROOT), row.count(wrong));
    }
    node.set("a", JSON.valueToTree(row.a()));
    node.set("commitToB", JSON.valueToTree(row.told()));
    node.set("recovery", JSON.valueToTree(row.recovery()));
    node.put("cleanWithoutFaults", row.cleanWithoutFaults());
  }
}
