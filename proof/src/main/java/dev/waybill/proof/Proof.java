package dev.waybill.proof;

import dev.waybill.proof.campaign.CampaignCommand;
import dev.waybill.proof.campaign.MutantsCommand;
import dev.waybill.proof.checker.CheckCommand;
import dev.waybill.proof.demo.DemoCommand;
import dev.waybill.proof.lab.LabCommand;
import dev.waybill.proof.recovery.RecoveryCommand;
import dev.waybill.stack.cli.Waybill;

/** The commands of {@code ./waybill} that prove something. */
public final class Proof {
  private Proof() {}

  public static void main(String[] args) {
    System.exit(
        Waybill.run(
            args,
            DemoCommand.class,
            RecoveryCommand.class,
            CampaignCommand.class,
            CheckCommand.class,
            MutantsCommand.class,
            LabCommand.class));
  }
}
