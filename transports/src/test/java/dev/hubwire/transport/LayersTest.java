package dev.hubwire.transport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

final class LayersTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hubwire.transport");

  @Test
  void theSeamUpstairsAndTheTableKnowNoIoLibrary() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.hubwire.transport", "dev.hubwire.transport.session")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.undertow..", "org.xnio..")
        .check(MAIN);
  }

  @Test
  void theEndpointKnowsNoTransport() {
    noClasses()
        .that()
        .resideInAPackage("dev.hubwire.transport.endpoint")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.hubwire.transport.loop",
            "dev.hubwire.transport.websocket",
            "dev.hubwire.transport.sse",
            "dev.hubwire.transport.longpoll")
        .check(MAIN);
  }

  @Test
  void theWorkingPackagesHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("dev.hubwire.transport.(*)..")
        .should()
        .beFreeOfCycles()
        .check(MAIN);
  }
}
