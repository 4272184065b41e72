//! Answers to the lessons other than their solutions: those that are right pass, and those that get round a task
//! do not, and are told why. Longer than other files: two tables, of a few lines for each answer.

use dryrun::analysis::attempt;
use dryrun::lesson::{STEPS_FILE, TEXT_FILE, read};
use std::fs;
use std::path::Path;

/// A lesson, a step from 1, a config of the lesson, and what is changed in it.
type Answer = (&'static str, usize, &'static str, &'static [(&'static str, &'static str)]);

/// The goals that `answer` does not reach, each with the reason.
fn missed((id, step, file, edits): Answer) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/lessons").join(id);
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let lesson = read(&text(STEPS_FILE), &text(TEXT_FILE)).unwrap();
    let mut config = text(file);
    for (from, to) in edits {
        assert!(config.contains(from), "{id} {file} has no {from:?}");
        config = config.replace(from, to);
    }
    let step = &lesson.steps[step - 1];
    let goals = step.goals.iter().zip(attempt(&config, step).goals);
    goals.filter_map(|(goal, reached)| Some(format!("{}: {}", goal.text, reached.err()?))).collect()
}

const KEYED: &str = "go-modules-{{ checksum \"go.mod\" }}";

/// Right, each in its own way.
const RIGHT: &[Answer] = &[
    ("01-first-job", 1, "runs.yml", &[("- test", "- test: {}")]),
    ("01-first-job", 1, "start.yml", &[("jobs: []", "jobs: [test]")]),
    ("01-first-job", 1, "runs.yml", &[("  main:", "  ci:")]),
    ("01-first-job", 2, "solution.yml", &[("- checkout", "- checkout: { path: . }")]),
    (
        "01-first-job",
        2,
        "solution.yml",
        &[("run:\n          name: Run the tests\n          command:", "run:")],
    ),
    ("01-first-job", 2, "solution.yml", &[("name: Run the tests", "name: Tests")]),
    (
        "01-first-job",
        2,
        "solution.yml",
        &[
            ("jobs:\n  test", "commands:\n  code:\n    steps: [checkout]\n\njobs:\n  test"),
            ("- checkout", "- code"),
        ],
    ),
    ("02-parallel-jobs", 1, "solution.yml", &[("name: Lint", "name: Vet")]),
    (
        "02-parallel-jobs",
        1,
        "solution.yml",
        &[
            ("jobs:\n  lint", "executors:\n  go:\n    docker: [{ image: cimg/go:1.22 }]\n\njobs:\n  lint"),
            ("    docker:\n      - image: cimg/go:1.22\n    steps", "    executor: go\n    steps"),
        ],
    ),
    (
        "02-parallel-jobs",
        1,
        "solution.yml",
        &[("      - run:\n          name: Lint\n          command: go vet", "      - run: go vet")],
    ),
    (
        "02-parallel-jobs",
        1,
        "solution.yml",
        &[("command: go test ./...", "command: |\n            set -e\n            go test ./...")],
    ),
    (
        "03-fan-out",
        1,
        "fan-out.yml",
        &[("          requires:\n            - setup\n", "          requires: [setup]\n")],
    ),
    ("03-fan-out", 1, "fan-out.yml", &[("            - setup\n", "            - setup: success\n")]),
    ("03-fan-out", 1, "solution.yml", &[]),
    (
        "03-fan-out",
        2,
        "solution.yml",
        &[("            - lint\n", "            - setup\n            - lint\n")],
    ),
    (
        "03-fan-out",
        2,
        "solution.yml",
        &[("            - lint\n", "            - lint: [success, canceled]\n")],
    ),
    (
        "03-fan-out",
        2,
        "solution.yml",
        &[("requires:\n            - lint\n            - test", "requires: [test, lint]")],
    ),
    ("04-module-cache", 1, "cached.yml", &[("/home/circleci/go/pkg/mod", "~/go/pkg/mod")]),
    ("04-module-cache", 1, "cached.yml", &[("keys:\n            - go-modules-v1", "key: go-modules-v1")]),
    ("04-module-cache", 1, "cached.yml", &[("go-modules-v1", "v1-modules")]),
    ("04-module-cache", 1, "solution.yml", &[]),
    (
        "04-module-cache",
        1,
        "cached.yml",
        &[
            (
                "      - save_cache:\n          key: go-modules-v1\n          paths:\n            - /home/circleci/go/pkg/mod\n",
                "",
            ),
            (
                "command: go test ./...\n",
                "command: go test ./...\n      - save_cache:\n          key: go-modules-v1\n          paths:\n            - /home/circleci/go/pkg/mod\n",
            ),
        ],
    ),
    ("04-module-cache", 2, "solution.yml", &[("checksum \"go.mod\"", "checksum \"go.sum\"")]),
    (
        "04-module-cache",
        2,
        "solution.yml",
        &[("{{ checksum \"go.mod\" }}", "{{ arch }}-{{checksum \"./go.mod\"}}")],
    ),
    (
        "04-module-cache",
        2,
        "solution.yml",
        &[(
            "            - go-modules-{{ checksum \"go.mod\" }}\n",
            "            - go-modules-{{ checksum \"go.mod\" }}\n            - go-modules-\n",
        )],
    ),
    ("05-workspace", 1, "solution.yml", &[("at: .", "at: ~/project")]),
    (
        "05-workspace",
        1,
        "solution.yml",
        &[("root: .", "root: bin"), ("            - bin", "            - service"), ("at: .", "at: bin")],
    ),
    ("05-workspace", 1, "solution.yml", &[("            - bin", "            - bin/service")]),
    ("05-workspace", 1, "solution.yml", &[("            - bin", "            - bin/*")]),
    ("05-workspace", 1, "solution.yml", &[("- attach_workspace", "- checkout\n      - attach_workspace")]),
    (
        "05-workspace",
        1,
        "solution.yml",
        &[("root: .", "root: ~/project"), ("name: Try it", "name: Smoke test")],
    ),
    (
        "06-failing-attach",
        1,
        "start.yml",
        &[(
            "            - src\n            - bin\n",
            "            - src/github.com\n            - bin/golint\n",
        )],
    ),
    ("06-failing-attach", 1, "start.yml", &[("1.12.2\n", "1.12.2\n        user: \"0\"\n")]),
    (
        "06-failing-attach",
        1,
        "solution.yml",
        &[("            - bin\n", "            - bin\n            - pkg\n")],
    ),
    ("07-cache-alone", 1, "solution.yml", &[("keys:\n            - go-modules", "key: go-modules")]),
    (
        "07-cache-alone",
        1,
        "solution.yml",
        &[
            (
                "executors:",
                "commands:\n  modules:\n    steps:\n      - restore_cache:\n          keys:\n            - k-{{ checksum \"go.mod\" }}\n\nexecutors:",
            ),
            (
                "      - restore_cache:\n          keys:\n            - go-modules-{{ checksum \"go.mod\" }}\n",
                "      - modules\n",
            ),
            ("key: go-modules", "key: k"),
        ],
    ),
    ("07-cache-alone", 1, "solution.yml", &[(KEYED, "go-{{ checksum \"go.sum\" }}")]),
    ("08-orb", 1, "one-job.yml", &[("executor: modules/go", "executor:\n      name: modules/go")]),
    ("08-orb", 1, "solution.yml", &[]),
    ("08-orb", 1, "one-job.yml", &[("- modules/download", "- modules/download: {}")]),
    ("08-orb", 2, "solution.yml", &[("executor: modules/go", "executor:\n      name: modules/go")]),
    ("08-orb", 2, "solution.yml", &[("name: Lint", "name: Vet")]),
    (
        "08-orb",
        2,
        "solution.yml",
        &[("jobs:\n      - test\n      - lint\n      - build", "jobs: [build, lint, test]")],
    ),
    ("09-branches-and-approval", 1, "filtered.yml", &[("only: main", "only: [/^main$/]")]),
    (
        "09-branches-and-approval",
        1,
        "filtered.yml",
        &[(
            "filters:\n            branches:\n              only: main",
            "filters: pipeline.git.branch == \"main\"",
        )],
    ),
    ("09-branches-and-approval", 1, "filtered.yml", &[("only: main", "ignore: /feature.*/")]),
    (
        "09-branches-and-approval",
        1,
        "filtered.yml",
        &[(
            "workflows:\n  main:\n    jobs:\n      - test\n",
            "workflows:\n  others:\n    unless: pipeline.git.branch == \"main\"\n    jobs:\n      - test\n  main:\n    when: pipeline.git.branch == \"main\"\n    jobs:\n      - test\n",
        )],
    ),
    (
        "09-branches-and-approval",
        2,
        "solution.yml",
        &[(
            "            - hold\n          filters:\n            branches:\n              only: main\n",
            "            - hold\n",
        )],
    ),
    (
        "09-branches-and-approval",
        2,
        "solution.yml",
        &[(
            "filters:\n            branches:\n              only: main",
            "filters: pipeline.git.branch == \"main\"",
        )],
    ),
    (
        "09-branches-and-approval",
        2,
        "solution.yml",
        &[("            - hold\n", "            - hold\n            - test\n")],
    ),
    ("10-fast-pipeline", 1, "parallel.yml", &[("name: Build", "name: Compile")]),
    ("10-fast-pipeline", 1, "parallel.yml", &[("checksum \"go.mod\"", "checksum \"go.sum\"")]),
    (
        "10-fast-pipeline",
        1,
        "parallel.yml",
        &[
            (
                "commands:\n  modules:\n    steps:\n      - restore_cache:\n          keys:\n            - go-modules-{{ checksum \"go.mod\" }}\n\n",
                "",
            ),
            (
                "      - modules\n",
                "      - restore_cache:\n          keys:\n            - go-modules-{{ checksum \"go.mod\" }}\n",
            ),
        ],
    ),
    (
        "10-fast-pipeline",
        2,
        "solution.yml",
        &[
            ("      - checkout\n      - attach_workspace", "      - attach_workspace"),
            ("            - bin\n", "            - bin\n            - deploy.sh\n"),
        ],
    ),
    (
        "10-fast-pipeline",
        2,
        "solution.yml",
        &[(
            "filters:\n            branches:\n              only: main",
            "filters: pipeline.git.branch == \"main\"",
        )],
    ),
    (
        "10-fast-pipeline",
        2,
        "solution.yml",
        &[(
            "            - lint\n            - test\n            - build\n",
            "            - build\n            - test\n            - lint\n            - setup\n",
        )],
    ),
];

/// Round the task, each with words of what is said about it.
const CHEATS: &[(Answer, &str)] = &[
    (
        (
            "01-first-job",
            1,
            "runs.yml",
            &[(
                "      - run:\n          name: Run the tests\n          command: go test ./...",
                "      - checkout",
            )],
        ),
        "no step `go test`",
    ),
    (("01-first-job", 1, "runs.yml", &[("go test ./...", "\"true\"")]), "no step `go test`"),
    (("01-first-job", 1, "runs.yml", &[("- test", "- test: { type: approval }")]), "`test`"),
    (
        ("01-first-job", 2, "runs.yml", &[("go test ./...\n", "go test ./...\n      - checkout\n")]),
        "`go test` comes before `checkout`",
    ),
    (("01-first-job", 2, "solution.yml", &[("go test ./...", "\"echo all is well\"")]), "no step `go test`"),
    (
        (
            "01-first-job",
            2,
            "runs.yml",
            &[(
                "- run:\n          name: Run the tests",
                "- run: \"# checkout\"\n      - run:\n          name: Run the tests",
            )],
        ),
        "no step `checkout`",
    ),
    (
        (
            "01-first-job",
            2,
            "solution.yml",
            &[(
                "- test\n",
                "- test:\n          filters:\n            branches:\n              ignore: main\n",
            )],
        ),
        "leaves `test` out",
    ),
    (
        (
            "02-parallel-jobs",
            1,
            "solution.yml",
            &[(
                "      - checkout\n      - run:\n          name: Run the tests",
                "      - run:\n          name: Run the tests",
            )],
        ),
        "`test` has no step `checkout`",
    ),
    (("02-parallel-jobs", 1, "solution.yml", &[("go vet ./...", "\"true\"")]), "`lint` has no step `go vet`"),
    (
        (
            "02-parallel-jobs",
            1,
            "solution.yml",
            &[(
                "      - run:\n          name: Run the tests",
                "      - run:\n          name: Lint\n          command: go vet ./...\n      - run:\n          name: Run the tests",
            )],
        ),
        "It takes 3 min 5 s",
    ),
    (
        (
            "02-parallel-jobs",
            1,
            "start.yml",
            &[("      - test\n", "      - test\n      - test:\n          name: lint\n")],
        ),
        "takes",
    ),
    (
        (
            "02-parallel-jobs",
            1,
            "solution.yml",
            &[("      - lint\n      - test\n", "      - lint:\n          requires: [test]\n      - test\n")],
        ),
        "begins after",
    ),
    (("03-fan-out", 1, "fan-out.yml", &[("      - publish\n", "")]), "No workflow has a job `publish`"),
    (
        (
            "03-fan-out",
            1,
            "fan-out.yml",
            &[("      - run:\n          name: Lint\n          command: go vet ./...\n", "")],
        ),
        "`lint` has no step `go vet`",
    ),
    (
        ("03-fan-out", 1, "fan-out.yml", &[("            - setup\n", "            - setup: failed\n")]),
        "does not run",
    ),
    (
        (
            "03-fan-out",
            1,
            "fan-out.yml",
            &[(
                "      - test:\n          requires:\n            - setup\n",
                "      - test:\n          requires:\n            - lint\n",
            )],
        ),
        "begins after",
    ),
    (
        ("03-fan-out", 2, "solution.yml", &[("            - lint\n", "            - lint: failed\n")]),
        "`publish` ends as",
    ),
    (
        (
            "03-fan-out",
            2,
            "solution.yml",
            &[("            - lint\n            - test\n", "            - test\n")],
        ),
        "`publish` requires only `test`",
    ),
    (
        (
            "03-fan-out",
            2,
            "solution.yml",
            &[(
                "      - setup\n      - lint:\n          requires:\n            - setup\n      - test:\n          requires:\n            - setup\n",
                "      - lint\n      - test\n",
            )],
        ),
        "No workflow has a job `setup`",
    ),
    (
        ("03-fan-out", 2, "solution.yml", &[("./publish.sh", "echo published")]),
        "`publish` has no step `publish.sh`",
    ),
    (("04-module-cache", 1, "cached.yml", &[("/home/circleci/go/pkg/mod", "/tmp/nothing")]), "It takes"),
    (
        (
            "04-module-cache",
            1,
            "cached.yml",
            &[(
                "      - run:\n          name: Download the modules\n          command: go mod download\n",
                "",
            )],
        ),
        "no step `go mod download`",
    ),
    (
        (
            "04-module-cache",
            1,
            "cached.yml",
            &[("      - run:\n          name: Run the tests\n          command: go test ./...\n", "")],
        ),
        "no step `go test`",
    ),
    (
        (
            "04-module-cache",
            1,
            "cached.yml",
            &[(
                "          keys:\n            - go-modules-v1",
                "          keys:\n            - go-modules-v2",
            )],
        ),
        "finds none",
    ),
    (
        (
            "04-module-cache",
            1,
            "cached.yml",
            &[
                ("      - restore_cache:\n          keys:\n            - go-modules-v1\n", ""),
                (
                    "      - run:\n          name: Run",
                    "      - restore_cache:\n          keys:\n            - go-modules-v1\n      - run:\n          name: Run",
                ),
            ],
        ),
        "comes before `restore_cache`",
    ),
    (
        ("04-module-cache", 2, "solution.yml", &[("checksum \"go.mod\"", ".Branch")]),
        "checksum of `go.mod` or `go.sum`",
    ),
    (("04-module-cache", 2, "solution.yml", &[("checksum \"go.mod\"", "epoch")]), "checksum of `go.mod`"),
    (
        ("04-module-cache", 2, "solution.yml", &[("checksum \"go.mod\"", "checksum \"README.md\"")]),
        "checksum of `go.mod`",
    ),
    (
        ("04-module-cache", 2, "cached.yml", &[("version: 2.1", "# cci-ignore-file\nversion: 2.1")]),
        "checksum of `go.mod`",
    ),
    (
        ("05-workspace", 1, "solution.yml", &[("            - bin", "            - README.md")]),
        "there is no `bin/service`",
    ),
    (("05-workspace", 1, "solution.yml", &[("at: .", "at: /tmp/workspace")]), "there is no `bin/service`"),
    (
        (
            "05-workspace",
            1,
            "solution.yml",
            &[("      - run:\n          name: Build\n          command: go build -o bin/service .\n", "")],
        ),
        "`build` has no step `go build`",
    ),
    (
        ("05-workspace", 1, "solution.yml", &[("./bin/service --version", "\"true\"")]),
        "`smoke` has no step `bin/service`",
    ),
    (
        (
            "05-workspace",
            1,
            "solution.yml",
            &[
                ("      - attach_workspace:\n          at: .\n", ""),
                ("--version\n", "--version\n      - attach_workspace:\n          at: .\n"),
            ],
        ),
        "`bin/service` comes before `attach_workspace`",
    ),
    (
        (
            "05-workspace",
            1,
            "solution.yml",
            &[("      - smoke:\n          requires:\n            - build\n", "      - smoke\n")],
        ),
        "does not wait for `build`",
    ),
    (
        (
            "06-failing-attach",
            1,
            "start.yml",
            &[("version: 2.1", "# cci-ignore-file forbidden-attach\nversion: 2.1")],
        ),
        "A comment hides",
    ),
    (
        ("06-failing-attach", 1, "start.yml", &[("      - attach_workspace:\n          at: /go\n", "")]),
        "no step `attach_workspace`",
    ),
    (("06-failing-attach", 1, "start.yml", &[("at: /go", "at: /tmp/workspace")]), "In `e2e` there is no"),
    (
        (
            "06-failing-attach",
            1,
            "start.yml",
            &[("            - src\n            - bin\n", "            - pkg/mod/cache\n")],
        ),
        "In `lint` there is no `/go/bin/golint`",
    ),
    (
        ("06-failing-attach", 1, "solution.yml", &[("golint -set_exit_status ./...", "\"true\"")]),
        "`lint` has no step `golint`",
    ),
    (
        (
            "07-cache-alone",
            1,
            "solution.yml",
            &[(
                "      - restore_cache:\n          keys:\n            - go-modules-{{ checksum \"go.mod\" }}\n      - run:\n          name: Lint",
                "      - run:\n          name: Lint",
            )],
        ),
        "`lint` restores no cache",
    ),
    (
        (
            "07-cache-alone",
            1,
            "solution.yml",
            &[(
                "      - run:\n          name: Download the modules\n          command: go mod download\n",
                "",
            )],
        ),
        "`setup` has no step `go mod download`",
    ),
    (
        (
            "07-cache-alone",
            1,
            "solution.yml",
            &[(
                "          paths:\n            - /home/circleci/go/pkg/mod\n",
                "          paths:\n            - /home/circleci/go/pkg/mod\n      - persist_to_workspace:\n          root: /home/circleci\n          paths:\n            - go/pkg/mod\n",
            )],
        ),
        "is still in the list",
    ),
    (
        (
            "07-cache-alone",
            1,
            "solution.yml",
            &[("      - test:\n          requires:\n            - setup\n", "      - test\n")],
        ),
        "`test` restores no cache of `setup`",
    ),
    (("08-orb", 1, "one-job.yml", &[("      - lint\n      - build\n", "")]), "No workflow has a job"),
    (
        (
            "08-orb",
            1,
            "start.yml",
            &[
                (
                    "  lint:\n    docker:\n      - image: cimg/go:1.22\n        environment:\n          CGO_ENABLED: \"0\"\n",
                    "  lint:\n    docker: [{ image: cimg/go:1.22, environment: { CGO_ENABLED: \"0\" } }]\n",
                ),
                ("keys:\n            - go", "key: go"),
                (
                    "          paths:\n            - /home/circleci/go/pkg/mod",
                    "          paths: [/home/circleci/go/pkg/mod]",
                ),
            ],
        ),
        "`test` does not use `modules/go`",
    ),
    (
        ("08-orb", 1, "one-job.yml", &[("executor: modules/go", "docker: [{ image: cimg/go:1.22 }]")]),
        "`test` does not use `modules/go`",
    ),
    (
        (
            "08-orb",
            1,
            "one-job.yml",
            &[(
                "      - modules/download\n",
                "      - modules/download\n      - restore_cache:\n          keys:\n            - go-modules-{{ checksum \"go.mod\" }}\n      - run:\n          name: Download the modules\n          command: go mod download\n",
            )],
        ),
        "It has 8",
    ),
    (
        (
            "08-orb",
            2,
            "solution.yml",
            &[(
                "      - modules/download\n      - run:\n          name: Lint",
                "      - run:\n          name: Lint",
            )],
        ),
        "`lint` does not use `modules/download`",
    ),
    (
        ("08-orb", 2, "solution.yml", &[("      - lint\n      - build\n", "      - lint\n")]),
        "No workflow has a job `build`",
    ),
    (("08-orb", 2, "solution.yml", &[("go build ./...", "\"true\"")]), "`build` has no step `go build`"),
    (
        ("09-branches-and-approval", 1, "filtered.yml", &[("          requires:\n            - test\n", "")]),
        "`deploy` requires nothing",
    ),
    (
        (
            "09-branches-and-approval",
            1,
            "start.yml",
            &[("      - deploy:\n          requires:\n            - test\n", "")],
        ),
        "No workflow has a job `deploy`",
    ),
    (
        (
            "09-branches-and-approval",
            1,
            "filtered.yml",
            &[(
                "      - test\n      - deploy",
                "      - test:\n          filters: &main\n            branches:\n              only: main\n      - deploy",
            )],
        ),
        "leaves `test` out",
    ),
    (
        (
            "09-branches-and-approval",
            1,
            "filtered.yml",
            &[("branches:\n              only: main", "tags:\n              only: main")],
        ),
        "This push runs `deploy`",
    ),
    (
        ("09-branches-and-approval", 1, "filtered.yml", &[("./deploy.sh", "\"true\"")]),
        "`deploy` has no step `deploy.sh`",
    ),
    (
        (
            "09-branches-and-approval",
            2,
            "solution.yml",
            &[(
                "          type: approval\n          requires:\n            - test\n",
                "          type: approval\n",
            )],
        ),
        "`hold` requires nothing",
    ),
    (
        (
            "09-branches-and-approval",
            2,
            "solution.yml",
            &[(
                "          requires:\n            - test\n          filters:\n            branches:\n              only: main\n",
                "          requires:\n            - test\n",
            )],
        ),
        "This push runs `hold`",
    ),
    (
        ("09-branches-and-approval", 2, "solution.yml", &[("            - hold\n", "            - test\n")]),
        "`deploy` requires only `test`",
    ),
    (
        (
            "09-branches-and-approval",
            2,
            "solution.yml",
            &[
                (
                    "workflows:",
                    "  hold:\n    docker: [{ image: cimg/base:2024.01 }]\n    steps: [checkout]\n\nworkflows:",
                ),
                ("          type: approval\n", ""),
            ],
        ),
        "`hold` waits for nobody",
    ),
    (
        ("10-fast-pipeline", 1, "parallel.yml", &[("go build -o bin/service .", "\"true\"")]),
        "`build` has no step `go build`",
    ),
    (
        (
            "10-fast-pipeline",
            1,
            "parallel.yml",
            &[(
                "      - checkout\n      - modules\n      - run:\n          name: Lint",
                "      - modules\n      - run:\n          name: Lint",
            )],
        ),
        "`lint` has no step `checkout`",
    ),
    (("10-fast-pipeline", 1, "parallel.yml", &[(KEYED, "go-modules-v1")]), "in the list of problems"),
    (
        (
            "10-fast-pipeline",
            1,
            "parallel.yml",
            &[(
                "      - run:\n          name: Download the modules\n          command: go mod download\n",
                "",
            )],
        ),
        "`setup` has no step `go mod download`",
    ),
    (
        (
            "10-fast-pipeline",
            2,
            "solution.yml",
            &[("            - lint\n            - test\n            - build\n", "            - build\n")],
        ),
        "`deploy` requires only `build`",
    ),
    (
        ("10-fast-pipeline", 2, "solution.yml", &[("./deploy.sh bin/service", "\"true\"")]),
        "`deploy` has no step `deploy.sh`",
    ),
    (
        ("10-fast-pipeline", 2, "solution.yml", &[("at: .", "at: /tmp/workspace")]),
        "there is no `bin/service`",
    ),
    (
        ("10-fast-pipeline", 2, "solution.yml", &[("            - bin\n", "            - nonsense\n")]),
        "there is no `bin/service`",
    ),
    (
        (
            "10-fast-pipeline",
            2,
            "solution.yml",
            &[(
                "            branches:\n              only: main",
                "            branches:\n              ignore: main",
            )],
        ),
        "`deploy` ends as skipped",
    ),
];

#[test]
fn every_right_answer_passes() {
    let refused: Vec<String> = RIGHT
        .iter()
        .map(|answer| (answer, missed(*answer)))
        .filter(|(_, missed)| !missed.is_empty())
        .map(|((id, step, _, edits), missed)| format!("{id} step {step} {edits:?}: {missed:#?}"))
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
}

#[test]
fn no_answer_that_gets_round_the_task_passes_and_each_is_told_why() {
    let mut wrong = Vec::new();
    for (answer, words) in CHEATS {
        let missed = missed(*answer);
        if !missed.iter().any(|missed| missed.contains(words)) {
            wrong.push(format!(
                "{} step {} {:?}: {missed:#?}, but not {words:?}",
                answer.0, answer.1, answer.3
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn each_step_of_each_lesson_has_three_of_both() {
    let count = |answers: &mut dyn Iterator<Item = &Answer>, id: &str, step: usize| {
        answers.filter(|answer| answer.0 == id && answer.1 == step).count()
    };
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("www/lessons")).unwrap() {
        let folder = folder.unwrap();
        let id = folder.file_name().into_string().unwrap();
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        for step in 1..=read(&text(STEPS_FILE), &text(TEXT_FILE)).unwrap().steps.len() {
            assert!(count(&mut RIGHT.iter(), &id, step) >= 3, "{id} step {step}");
            assert!(count(&mut CHEATS.iter().map(|(answer, _)| answer), &id, step) >= 3, "{id} step {step}");
        }
    }
}
