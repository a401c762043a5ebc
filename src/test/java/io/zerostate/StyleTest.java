package io.zerostate;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static io.zerostate.ArchitectureTest.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that every class keeps, wherever it lives. */
class StyleTest {
    private static final int MAX_LINES = 400;
    private static final int MAX_PARAMETERS = 5;

    /** Where nothing may block, because it runs on an event loop. Workers and the engine have threads of their own. */
    private static final String[] EVENT_LOOP = {
        "io.zerostate.bus",
        "io.zerostate.http",
        "io.zerostate.queue..",
        "io.zerostate.result..",
        "io.zerostate.registry..",
        "io.zerostate.push",
        "io.zerostate.binary.."
    };

    @Test
    void packagesAreNamedAfterWhatTheyHold() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..model..", "..dto..", "..misc..")
                .check(PRODUCT);
    }

    @Test
    void classesAreNamedAfterWhatTheyAre() {
        classes().should().haveNameNotMatching(".*(Manager|Helper|Service|Utils?|Impl)(\\$.*)?").check(PRODUCT);
    }

    @Test
    void constructorsTakeAFewParameters() {
        constructors()
                .that(DescribedPredicate.describe("are written by hand", StyleTest::isWrittenByHand))
                .should(takeAFewParameters())
                .check(PRODUCT);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(PRODUCT);
    }

    @Test
    void staticFieldsHoldNothingThatChanges() {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(DescribedPredicate.describe("made to be changed", StyleTest::isMadeToBeChanged))
                .check(PRODUCT);
    }

    @Test
    void arraysAreNotSharedBetweenPackages() {
        fields().that(DescribedPredicate.describe("are static arrays", StyleTest::isStaticArray))
                .should()
                .notBePublic()
                .andShould()
                .notBeProtected()
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void nobodySleeps() {
        never(calls("java.lang.Thread", "sleep"));
    }

    /** A program may ask to sleep, and does so on its own worker. */
    @Test
    void onlyProgramsSleep() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zerostate.wasm.chicory")
                .should()
                .callCodeUnitWhere(calls("java.util.concurrent.TimeUnit", "sleep"))
                .check(PRODUCT);
    }

    @Test
    void eventLoopsDoNotBlock() {
        onEventLoops(calls("io.vertx.core.Future", "await"));
        onEventLoops(calls("java.util.concurrent.(Future|CompletableFuture)", "get|join"));
        onEventLoops(calls("java.util.concurrent.(CountDownLatch|locks.Condition)", "await.*"));
        onEventLoops(calls("java.util.concurrent.Semaphore", "acquire.*"));
        onEventLoops(calls("java.util.concurrent.BlockingQueue", "take|put"));
        onEventLoops(calls("java.lang.Thread", "join"));
        onEventLoops(calls("java.lang.Object", "wait"));
    }

    /** So that a test can set the clock, and so that a queue and a database agree on one. */
    @Test
    void clocksIdsAndChanceArePassedIn() {
        outsideTheAssembly(calls("java.time.(Instant|LocalDateTime|OffsetDateTime|ZonedDateTime)", "now"));
        outsideTheAssembly(calls("java.time.Clock", "system.*"));
        outsideTheAssembly(calls("java.lang.System", "currentTimeMillis"));
        outsideTheAssembly(calls("java.util.UUID", "randomUUID"));
        outsideTheAssembly(calls("java.lang.Math", "random"));
        outsideTheAssembly(calls("java.util.concurrent.ThreadLocalRandom", "current"));
    }

    @Test
    void onlyCommandsWriteToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.zerostate.app..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(PRODUCT);
    }

    @Test
    void verticlesSpeakInFutures() {
        noClasses().should().beAssignableTo("io.vertx.core.AbstractVerticle").check(PRODUCT);
    }

    @Test
    void sourceFilesStayShort() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(MAX_LINES));
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWrittenByHand(JavaConstructor constructor) {
        JavaClass owner = constructor.getOwner();
        return !owner.isRecord() && !owner.isEnum() && !owner.isAnonymousClass() && !owner.isLocalClass();
    }

    private static ArchCondition<JavaConstructor> takeAFewParameters() {
        return new ArchCondition<>("take at most " + MAX_PARAMETERS + " parameters") {
            @Override
            public void check(JavaConstructor constructor, ConditionEvents events) {
                // The instance around an inner class is passed by the compiler.
                int hidden = constructor.getOwner().isInnerClass() ? 1 : 0;
                int count = constructor.getRawParameterTypes().size() - hidden;
                events.add(new SimpleConditionEvent(
                        constructor, count <= MAX_PARAMETERS, constructor.getFullName() + " takes " + count));
            }
        };
    }

    private static boolean isMadeToBeChanged(JavaClass type) {
        // List, Map and Set are left: their values here come from List.of and the like.
        return type.getPackageName().equals("java.util.concurrent.atomic")
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(StringBuilder.class)
                || type.isAssignableTo("io.vertx.core.json.JsonObject")
                || type.isAssignableTo("io.vertx.core.json.JsonArray")
                || type.isAssignableTo("io.vertx.core.buffer.Buffer")
                || (!type.isInterface() && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)))
                || type.getPackageName().equals("java.util.concurrent") && !type.isEnum();
    }

    private static boolean isStaticArray(JavaField field) {
        boolean synthetic = field.getModifiers().contains(JavaModifier.SYNTHETIC);
        return field.getModifiers().contains(JavaModifier.STATIC) && field.getRawType().isArray() && !synthetic;
    }

    private static DescribedPredicate<JavaCall<?>> calls(String ownerPattern, String methodPattern) {
        return target(nameMatching(methodPattern)).and(target(owner(nameMatching(ownerPattern))));
    }

    private static void never(DescribedPredicate<JavaCall<?>> call) {
        noClasses().should().callCodeUnitWhere(call).check(PRODUCT);
    }

    private static void onEventLoops(DescribedPredicate<JavaCall<?>> call) {
        noClasses().that().resideInAnyPackage(EVENT_LOOP).should().callCodeUnitWhere(call).check(PRODUCT);
    }

    private static void outsideTheAssembly(DescribedPredicate<JavaCall<?>> call) {
        noClasses().that().resideOutsideOfPackage("io.zerostate.app..").should().callCodeUnitWhere(call).check(PRODUCT);
    }
}
