package dev.hubwire.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may use whom: a layer knows only what is below it. */
class ArrowsTest {
  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.hubwire");

  private static final String[] APPLICATIONS = {"..conformance..", "..functional..", "..samples.."};
  private static final String TOOLS = "dev.hubwire.probe..";
  private static final String REDIS = "dev.hubwire.backplane.redis..";

  @Test
  void modulesPointDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.hubwire..")
        .layer("applications")
        .definedBy(APPLICATIONS)
        .layer("tools")
        .definedBy(TOOLS)
        .layer("backplane-redis")
        .definedBy(REDIS)
        .layer("hub-server")
        .definedBy(
            "dev.hubwire.server..",
            "dev.hubwire.cluster..",
            "dev.hubwire.dispatch..",
            "dev.hubwire.reconnect..",
            "dev.hubwire.registry..",
            "dev.hubwire.backplane",
            "dev.hubwire.protocol..",
            "dev.hubwire.hub..",
            "dev.hubwire.auth..")
        .layer("transports")
        .definedBy("dev.hubwire.transport..")
        .layer("negotiation")
        .definedBy("dev.hubwire.negotiation..")
        .whereLayer("applications")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("tools")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("backplane-redis")
        .mayOnlyBeAccessedByLayers("applications")
        .whereLayer("hub-server")
        .mayOnlyBeAccessedByLayers("backplane-redis", "applications")
        .whereLayer("transports")
        .mayOnlyBeAccessedByLayers("backplane-redis", "hub-server", "applications")
        .ensureAllClassesAreContainedInArchitecture()
        .check(PROJECT);
  }

  @Test
  void theHubServerPointsDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.hubwire..")
        .layer("server")
        .definedBy("dev.hubwire.server..")
        .layer("dispatch")
        .definedBy("dev.hubwire.dispatch..")
        .layer("reconnect")
        .definedBy("dev.hubwire.reconnect..")
        .layer("registry")
        .definedBy("dev.hubwire.registry..")
        .layer("backplane-redis")
        .definedBy(REDIS)
        .layer("backplane")
        .definedBy("dev.hubwire.backplane")
        .layer("protocol")
        .definedBy("dev.hubwire.protocol..")
        .layer("applications")
        .definedBy(APPLICATIONS)
        .whereLayer("server")
        .mayOnlyBeAccessedByLayers("applications")
        .whereLayer("dispatch")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("reconnect")
        .mayOnlyBeAccessedByLayers("server", "dispatch")
        .whereLayer("registry")
        .mayOnlyBeAccessedByLayers("server", "dispatch")
        .whereLayer("backplane")
        .mayOnlyBeAccessedByLayers("server", "dispatch", "registry", "backplane-redis")
        .whereLayer("protocol")
        .mayOnlyBeAccessedByLayers(
            "server", "dispatch", "reconnect", "registry", "backplane", "backplane-redis")
        .check(PROJECT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.hubwire.(**)").should().beFreeOfCycles().check(PROJECT);
  }

  @Test
  void theIoLibraryStaysBelowTheTransportApi() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.hubwire.transport.*..",
            "dev.hubwire.server..",
            "dev.hubwire.cluster..",
            "dev.hubwire.conformance..",
            "dev.hubwire.functional..",
            "dev.hubwire.samples..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.xnio..", "io.undertow..")
        .check(PROJECT);
  }

  @Test
  void onlyTheWiringKnowsWhatIsBelowTheTransportApi() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.hubwire.dispatch..",
            "dev.hubwire.reconnect..",
            "dev.hubwire.backplane..",
            "dev.hubwire.protocol..",
            "dev.hubwire.hub..",
            "dev.hubwire.auth..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.hubwire.transport.*..")
        .check(PROJECT);
  }

  @Test
  void applicationsWriteAgainstTheApiAlone() {
    classes()
        .that()
        .resideInAnyPackage(APPLICATIONS)
        .should()
        .onlyDependOnClassesThat(
            not(
                resideInAnyPackage(
                    "dev.hubwire.transport.*..",
                    "dev.hubwire.dispatch..",
                    "dev.hubwire.registry..",
                    "dev.hubwire.backplane",
                    "dev.hubwire.protocol..")))
        .check(PROJECT);
  }
}
