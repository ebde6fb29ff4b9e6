#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "cli/arguments.h"
#include "cli/exit.h"

enum { WORDS_MOST = 12 };

/* Parses the words of a line, parted by single spaces. */
static enum hearsay_status parse(const char *line, struct arguments *arguments,
                                 struct hearsay_failure *failure) {
    static char copy[512];
    char *words[WORDS_MOST + 1] = {"hearsay"};
    int count = 1;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word && count < WORDS_MOST; word = strtok(NULL, " ")) {
        words[count++] = word;
    }
    *failure = (struct hearsay_failure){0};
    return arguments_parse(count, words, arguments, failure);
}

static void expect_refusal(const char *line, const char *word) {
    struct arguments arguments;
    struct hearsay_failure failure;
    assert_int_equal(parse(line, &arguments, &failure), HEARSAY_BAD_ARGUMENT);
    if (!strstr(failure.message, word)) {
        fail_msg("'%s' says '%s' without '%s'", line, failure.message, word);
    }
    arguments_free(&arguments);
}

static void options_may_stand_anywhere_and_in_every_spelling(void **state) {
    (void)state;
    static const char *const lines[] = {
        "scan a b -o out --threads 2",          "scan -oout a --threads=2 b",
        "--threads=2 scan a b -o out",          "scan a --output out b --threads 2",
        "scan --output=out --threads 2 -- a b",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct arguments arguments;
        struct hearsay_failure failure;
        assert_int_equal(parse(lines[i], &arguments, &failure), HEARSAY_OK);
        assert_int_equal(arguments.command->id, COMMAND_SCAN);
        assert_string_equal(arguments.values[OPTION_OUTPUT], "out");
        assert_string_equal(arguments.values[OPTION_THREADS], "2");
        assert_int_equal(arguments.count, 2);
        assert_string_equal(arguments.items[0], "a");
        assert_string_equal(arguments.items[1], "b");
        arguments_free(&arguments);
    }
}

static void letters_may_be_joined_and_a_dash_is_an_argument(void **state) {
    (void)state;
    struct arguments arguments;
    struct hearsay_failure failure;
    assert_int_equal(parse("scan -qo out -", &arguments, &failure), HEARSAY_OK);
    assert_true(arguments_has(&arguments, OPTION_QUIET));
    assert_string_equal(arguments.values[OPTION_OUTPUT], "out");
    assert_string_equal(arguments.items[0], "-");
    arguments_free(&arguments);
}

static void commands_of_two_words_are_found(void **state) {
    (void)state;
    struct arguments arguments;
    struct hearsay_failure failure;
    assert_int_equal(parse("rules test --verbose pack", &arguments, &failure), HEARSAY_OK);
    assert_int_equal(arguments.command->id, COMMAND_RULES_TEST);
    assert_string_equal(arguments.items[0], "pack");
    arguments_free(&arguments);
    assert_int_equal(parse("rules --help", &arguments, &failure), HEARSAY_OK);
    assert_int_equal(arguments.command->id, COMMAND_HELP);
    arguments_free(&arguments);
}

static void a_mistake_is_answered_with_the_nearest_name(void **state) {
    (void)state;
    expect_refusal("scna a", "'scan'");
    expect_refusal("coordiante a", "'coordinate'");
    expect_refusal("rules tset pack", "'rules test'");
    expect_refusal("rules", "second word");
    expect_refusal("scan a -o out --widnow 5s", "--window");
    expect_refusal("scan a -o out --thread 5", "--threads");
    expect_refusal("scan a -o out --zzzzzzzzz", "unknown option --zzzzzzzzz");
    expect_refusal("qqqqqqqq", "hearsay help");
}

static void wrong_use_is_told_apart(void **state) {
    (void)state;
    expect_refusal("scan a -o", "needs a value");
    expect_refusal("scan a --output", "needs a value");
    expect_refusal("scan a --quiet=yes", "takes no value");
    expect_refusal("scan a -x", "unknown option -x");
    expect_refusal("formats --window 5s", "no option of 'formats'");
    expect_refusal("explain out", "usage: hearsay explain OUT KIND:ID");
    expect_refusal("formats extra", "usage");
}

static void help_is_given_whatever_the_arguments(void **state) {
    (void)state;
    struct arguments arguments;
    struct hearsay_failure failure;
    assert_int_equal(parse("explain --help", &arguments, &failure), HEARSAY_OK);
    assert_true(arguments_has(&arguments, OPTION_HELP));
    arguments_free(&arguments);
}

static void the_table_names_every_option_once(void **state) {
    (void)state;
    const struct option *option;
    size_t count = 0;
    for (; (option = option_at(count)); count++) {
        assert_int_equal(option->id, count); /* values are indexed by it */
        assert_ptr_equal(option_named(str_from_c(option->name)), option);
        assert_true(!option->letter || option_lettered(option->letter) == option);
        assert_true((option->kind == VALUE_NONE) == (option->argument == NULL));
        assert_int_not_equal(option->commands, 0);
    }
    assert_int_equal(count, OPTION_COUNT);
    const struct command *command;
    for (size_t i = 0; (command = command_at(i)); i++) {
        assert_int_equal(command->id, i);
    }
}

static void every_status_has_an_exit_code_that_is_explained(void **state) {
    (void)state;
    for (int status = HEARSAY_OK; status <= HEARSAY_STOPPED; status++) {
        int code = exit_of_status((enum hearsay_status)status);
        bool is_explained = false;
        for (size_t i = 0; exit_meaning_at(i); i++) {
            is_explained = is_explained || exit_meaning_at(i)->code == code;
        }
        assert_true(is_explained);
        assert_true((code == EXIT_DONE) == (status == HEARSAY_OK));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_may_stand_anywhere_and_in_every_spelling),
        cmocka_unit_test(letters_may_be_joined_and_a_dash_is_an_argument),
        cmocka_unit_test(commands_of_two_words_are_found),
        cmocka_unit_test(a_mistake_is_answered_with_the_nearest_name),
        cmocka_unit_test(wrong_use_is_told_apart),
        cmocka_unit_test(help_is_given_whatever_the_arguments),
        cmocka_unit_test(the_table_names_every_option_once),
        cmocka_unit_test(every_status_has_an_exit_code_that_is_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
