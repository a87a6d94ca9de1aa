package dev.waybill.proof.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waybill.proof.checker.Finding;
import dev.waybill.proof.checker.Judged;
import dev.waybill.proof.checker.Judgement;
import dev.waybill.proof.checker.RecoveryTimes;
import dev.waybill.proof.ledger.Fault;
import dev.waybill.proof.ledger.Ledger;

/** The report for programs. Times are as the ledger has them, in milliseconds. */
final class ReportJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportJson() {}

  static String of(Ledger ledger, Judgement judgement) {
    ObjectNode report = JSON.createObjectNode();
    report.put("clean", judgement.clean());
    report.put("worldFailed", judgement.worldFailed().orElse(null));
    report.set("run", JSON.valueToTree(ledger.run()));
    report
        .putObject("counts")
        .put("requests", ledger.requests().size())
        .put("committed", ledger.committed().size())
        .put("published", ledger.published().size())
        .put("notified", ledger.notified().size())
        .put("deadLetters", ledger.letters().size())
        .put("faults", ledger.faults().size());
    ArrayNode invariants = report.putArray("invariants");
    judgement.judged().forEach(judged -> write(invariants.addObject(), judged));
    report.set("recovery", JSON.valueToTree(RecoveryTimes.of(judgement.recoveries())));
    faults(report.putArray("faults"), ledger, judgement);
    report.set("samples", JSON.valueToTree(ledger.samples()));
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("numbers and texts are always JSON", impossible);
    }
  }

  private static void write(ObjectNode node, Judged judged) {
    node.put("number", judged.invariant().number())
        .put("title", judged.invariant().title())
        .put("sentence", judged.invariant().sentence())
        .put("outcome", judged.outcome().name())
        .put("examined", judged.examined())
        .put("remark", judged.remark())
        .put("violations", judged.violations());
    ArrayNode findings = node.putArray("findings");
    for (Finding finding : judged.findings()) {
      ObjectNode one = findings.addObject().put("offender", finding.offender());
      finding.lifeLine().forEach(one.putArray("lifeLine")::add);
    }
  }

  /** {@code recoveryMillis} is left out where there is none, or another fault came before. */
  private static void faults(ArrayNode faults, Ledger ledger, Judgement judgement) {
    RecoveryByFault recoveries = new RecoveryByFault(judgement.recoveries());
    for (Fault fault : ledger.faults()) {
      ObjectNode one = JSON.valueToTree(fault);
      recoveries
          .of(fault)
          .filter(recovery -> recovery.judged())
          .ifPresent(recovery -> one.put("recoveryMillis", recovery.millis()));
      faults.add(one);
    }
  }
}
