package dev.waybill.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What arrives in a header or payload is a text, and no command to a terminal. */
final class TerminalTest {

  @Test
  void commandsToTheTerminalAreWrittenOut() {
    assertThat(Terminal.harmless("a\u001b[2Jb\u0007\u009bc\r\nd"))
        .isEqualTo("a\\u{1b}[2Jb\\u{7}\\u{9b}c\\u{d}\\u{a}d");
  }

  @Test
  void whatTurnsTextAroundIsWrittenOut() {
    assertThat(Terminal.harmless("user\u202etxt.exe\u2066\u200b\u2028"))
        .isEqualTo("user\\u{202e}txt.exe\\u{2066}\\u{200b}\\u{2028}");
  }

  @Test
  void lettersOfAllScriptsStay() {
    assertThat(Terminal.harmless("İstanbul, Здравствуйте, 你好, ٣, 🙂 – „…“"))
        .isEqualTo("İstanbul, Здравствуйте, 你好, ٣, 🙂 – „…“");
  }

  @Test
  void jsonStaysTheSameJsonWithoutThem() {
    assertThat(Escapes.ofJson("{\n \"a\": \"\u009b31m\u202e\u007f\"\n}"))
        .isEqualTo("{\n \"a\": \"\\u009B31m\\u202E\\u007F\"\n}");
  }
}
