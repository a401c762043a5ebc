package io.zerostate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.zerostate.bus.Addresses;
import io.zerostate.bus.Bus;
import io.zerostate.bus.Operation;
import io.zerostate.bus.Topic;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers: which package may know which. */
class ArchitectureTest {
    static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.zerostate");

    static List<PackageRow> rows() {
        return PackageRow.TABLE;
    }

    static Stream<PackageRow> verticlePackages() {
        return rows().stream().filter(row -> row.layer() == 2);
    }

    @Test
    void thePackagesAreThoseOfTheTable() {
        assertThat(PRODUCT.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        rows().stream().map(PackageRow::packageName).toList());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aPackageImportsOnlyWhatItsRowLists(PackageRow row) {
        String[] allowed = Stream.of(PackageRow.ALWAYS, row.mayImport(), List.of(row.packageName()))
                .flatMap(List::stream)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(row.packageName())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("verticlePackages")
    void verticlesMeetOnlyOnTheBus(PackageRow row) {
        String[] others = verticlePackages()
                .filter(other -> other != row)
                .map(other -> other.packageName() + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(row.packageName() + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(PRODUCT);
    }

    @Test
    void packagesDoNotDependOnEachOtherInACircle() {
        slices().matching("io.zerostate.(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void onlyTheChicoryAdapterKnowsTheEngine() {
        onlyIn("io.zerostate.wasm.chicory", "com.dylibso.chicory..");
    }

    @Test
    void onlyTheMemberOfAClusterKnowsHazelcast() {
        onlyIn("io.zerostate.app.cluster", "com.hazelcast..");
    }

    @Test
    void onlyTheRedisAdapterKnowsTheClientOfRedis() {
        onlyIn("io.zerostate.queue.redis", "io.vertx.redis..");
    }

    @Test
    void onlyTheS3AdapterKnowsTheAwsSdk() {
        onlyIn("io.zerostate.binary.s3", "software.amazon.awssdk..");
    }

    @Test
    void onlyThePostgresAdaptersAndTheAssemblyKnowTheDatabaseClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.zerostate.postgres",
                        "io.zerostate.result.postgres",
                        "io.zerostate.registry.postgres",
                        "io.zerostate.app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..", "org.flywaydb..", "org.postgresql..")
                .check(PRODUCT);
    }

    /** An adapter's port speaks in records of the bus, but to send or to listen is the verticle's business. */
    @Test
    void adaptersAreNotOnTheBus() {
        String[] adapters = rows().stream()
                .filter(row -> row.layer() == 3)
                .map(PackageRow::packageName)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAnyPackage(adapters)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Bus.class, Addresses.class, Operation.class, Topic.class)
                .check(PRODUCT);
    }

    @Test
    void nobodyImportsTheInsideOfVertx() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..")
                .check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyPackageIsNullMarked(PackageRow row) {
        JavaPackage javaPackage = PRODUCT.getPackage(row.packageName());
        assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).isTrue();
    }

    private static void onlyIn(String home, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(PRODUCT);
    }
}
