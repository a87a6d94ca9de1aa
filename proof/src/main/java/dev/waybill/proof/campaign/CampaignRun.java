package dev.waybill.proof.campaign;

import dev.waybill.proof.StackFolder;
import dev.waybill.proof.edits.Edit;
import dev.waybill.proof.faults.FaultKind;
import dev.waybill.proof.faults.Schedule;
import dev.waybill.proof.ledger.LedgerWriter;
import dev.waybill.proof.ledger.Rest;
import dev.waybill.proof.ledger.Run;
import dev.waybill.proof.mutants.Mutant;
import dev.waybill.proof.mutants.Tamper;
import dev.waybill.proof.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run, from an empty folder to its ledger.
 *
 * @param folder of data, logs and the ledger
 * @param time for which the world is attacked
 * @param kinds of faults that are drawn
 * @param rate changes per second
 * @param brokers 1 or 3
 * @param mutant whose fault is built in; null for none
 */
record CampaignRun(
    Path folder,
    Duration time,
    long seed,
    List<FaultKind> kinds,
    double rate,
    int brokers,
    @Nullable Mutant mutant) {
  static final Duration LIVENESS = Duration.ofSeconds(60);

  Path ledger() {
    return folder.resolve("ledger");
  }

  /** The command line that does the same. */
  String command() {
    return "./waybill campaign --minutes %s --seed %s --faults %s --rate %s --brokers %s%s"
        .formatted(
            time.toMillis() / 60_000.0,
            seed,
            kinds.stream().map(FaultKind::name).collect(Collectors.joining(",")),
            rate,
            brokers,
            mutant == null ? "" : " --mutant " + mutant.text());
  }

  /**
   * Starts a world, attacks it, and leaves the ledger, of which the judge knows the rest: also that
   * the world failed.
   *
   * @param begun is handed the campaign when it begins
   * @throws IOException when the folder or the ledger cannot be written
   */
  void execute(Display display, Consumer<Campaign> begun) throws IOException {
    StackFolder.empty(folder);
    Run run =
        new Run(
            Run.FORMAT,
            seed,
            command(),
            System.currentTimeMillis(),
            brokers,
            kinds.stream().map(FaultKind::name).toList(),
            LIVENESS.toMillis());
    Tamper tamper = mutant == null ? Tamper.NOTHING : mutant.tamper();
    List<Edit> edits = mutant == null ? List.of() : mutant.edits();
    Path root = Path.of(System.getProperty("waybill.root", ""));
    try (LedgerWriter writer = new LedgerWriter(ledger(), run)) {
      display.say("starting real servers and services; logs in " + folder.resolve("logs"));
      try (World world = World.start(folder.toAbsolutePath(), brokers, edits, root, display::say);
          Campaign campaign = new Campaign(world, writer, display, rate, seed, tamper)) {
        begun.accept(campaign);
        campaign.run(new Schedule(seed, kinds), time, kinds.contains(FaultKind.F12));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } catch (Exception failure) {
        display.say("the world failed: " + failure);
        writer.add(new Rest(System.currentTimeMillis(), 0, failure.toString(), null));
      }
    }
    display.end();
  }
}
