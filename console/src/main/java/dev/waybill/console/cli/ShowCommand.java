package dev.waybill.console.cli;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.letters.Contents;
import dev.waybill.console.letters.KnownLetter;
import dev.waybill.console.letters.Letters;
import dev.waybill.deduplication.LetterPlace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code ./waybill letters show}. */
@Command(name = "show", description = "Shows one dead letter: why, from where, and what it holds.")
final class ShowCommand extends LetterCommand<Letters.Whole> {
  @Override
  Optional<Letters.Whole> find(Engine engine, LetterPlace at) {
    return engine.letters().find(at);
  }

  @Override
  void show(Letters.Whole whole) {
    if (isJson()) {
      print(whole);
    } else {
      show(whole.letter());
      show(whole.contents());
    }
  }

  private void show(KnownLetter letter) {
    line("letter", letter.place());
    line("reason", letter.reason());
    line("detail", letter.detail());
    line("event", letter.eventId());
    line("key", letter.key());
    line("was", letter.source());
    line("since", letter.at());
    line("state", letter.state() + " " + letter.stateAt());
    line("replays", letter.replays() + " " + letter.lastReplayedAt());
    line("discarded", (letter.discardedBy() + " " + letter.discardReason()).strip());
    line("whole", Boolean.toString(letter.whole()));
  }

  private void show(Contents.Shown contents) {
    contents.headers().forEach(header -> line("header", header.name() + ": " + header.value()));
    line("bytes", Integer.toString(contents.valueBytes()));
    line("value", contents.value() == null ? null : contents.value().toString());
    line("undecodable", contents.failure());
    line("hex", contents.hex());
  }

  private void line(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      say("%-12s %s".formatted(name, value));
    }
  }
}
