package dev.waybill.console;

import dev.waybill.console.engine.EngineSettings;
import dev.waybill.console.http.AccessSettings;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Settings;
import java.util.List;

/** The console's settings; docs/console.md says what each is for. */
record ConsoleSettings(EngineSettings engine, AccessSettings access, HttpAddress http) {

  /**
   * Reads all of them.
   *
   * @throws dev.waybill.runtime.BadSettingsException naming every wrong one
   */
  static ConsoleSettings from(Settings settings) {
    HttpAddress http = HttpAddress.from(settings, "127.0.0.1", 8083);
    ConsoleSettings console =
        new ConsoleSettings(
            EngineSettings.from(settings), AccessSettings.from(settings, http), http);
    settings.verify();
    settings.warnOfIgnored(List.of(), "CONSOLE_");
    return console;
  }
}
