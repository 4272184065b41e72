//! What can be written at the caret, which is `‸` here.

use dryrun::analysis::{Candidate, complete};
use dryrun::text::Sources;

/// A config with an element of every kind. `¤` is where a case puts its lines, in front of the rest.
const REST: &str = "\
version: 2.1
parameters:
  release:
    type: boolean
    default: false
orbs:
  node: circleci/node@5
  s3: circleci/aws-s3@4
  tools:
    commands:
      greet:
        parameters:
          whom: {type: string}
        steps: [run: echo]
commands:
  notify:
    parameters:
      channel: {type: string}
      level: {type: enum, enum: [low, high], default: low}
      loud: {type: boolean, default: false}
      before: {type: steps, default: []}
    steps:
      - run: echo << parameters.channel >>
executors:
  small:
    docker: [{image: cimg/base:2024.01}]
  sized:
    parameters:
      size: {type: enum, enum: [medium, large], default: medium}
    docker: [{image: cimg/base:2024.01}]
jobs:
  build:
    executor: small
    steps: [checkout]
  deploy:
    parameters:
      target: {type: enum, enum: [staging, production]}
      on: {type: executor, default: small}
      slow: {type: boolean, default: false}
    executor: << parameters.on >>
    steps: [checkout]
";

/// `REST` up to the line that begins with `key`, then `lines`, then the rest.
fn before(key: &str, lines: &str) -> String {
    let at = REST.find(&format!("\n{key}")).expect("a key of REST") + 1;
    format!("{}{lines}\n{}", &REST[..at], &REST[at..])
}

/// A job `new` with `lines`, among the other jobs.
fn job(lines: &str) -> String {
    before("  deploy:", &format!("  new:\n{lines}"))
}

fn workflow(lines: &str) -> String {
    format!("{REST}workflows:\n  main:\n    jobs:\n{lines}\n")
}

fn at(text: &str) -> Vec<Candidate> {
    let offset = text.find('‸').expect("a caret");
    let sources = Sources::new("config.yml", text.replacen('‸', "", 1));
    complete(&sources, offset).candidates
}

fn labels(text: &str) -> Vec<String> {
    at(text).into_iter().map(|candidate| candidate.label).collect()
}

/// Checks that each text has just these labels.
fn only(cases: &[(String, &str)]) {
    for (text, expected) in cases {
        assert_eq!(labels(text).join(" "), *expected, "{text}");
    }
}

/// Checks that each text has the labels behind `+` and none of those behind `-`.
fn among(cases: &[(String, &str)]) {
    for (text, expected) in cases {
        let found = labels(text);
        for word in expected.split(' ') {
            let (sign, label) = word.split_at(1);
            assert_eq!(found.iter().any(|known| known == label), sign == "+", "{word}: {found:?}\n{text}");
        }
    }
}

#[test]
fn keys_are_those_of_the_place_that_are_not_there_yet() {
    only(&[
        ("‸".into(), "commands executors job-groups jobs orbs parameters setup version workflows"),
        ("version: 2.1\nj‸\n".into(), "commands executors job-groups jobs orbs parameters setup workflows"),
        (
            "version: 2.1\nj‸\njobs: {}\n".into(),
            "commands executors job-groups orbs parameters setup workflows",
        ),
        (
            "version: 2.1\njobs:\n  build: {docker: [{image: a, ‸}]}\n".into(),
            "auth aws_auth command entrypoint environment gcp_auth name user",
        ),
        (job("    docker:\n      - image: a\n        auth:\n          ‸"), "password username"),
        (
            job("    docker:\n      - image: a\n    machine:\n      ‸"),
            "code_signing docker_layer_caching enabled image resource_class shell",
        ),
        (job("    steps:\n      - save_cache:\n          key: a\n          ‸"), "name paths when"),
        (job("    steps:\n      - restore_cache:\n          ‸keys: [a]"), "key keys name when"),
        (job("    steps:\n      - when:\n          ‸"), "condition steps"),
        (job("    parameters:\n      x:\n        ‸"), "default description enum type"),
        (
            before("jobs:", "  new:\n    docker:\n      - ‸"),
            "auth aws_auth command entrypoint environment gcp_auth image name user",
        ),
        (workflow("      - build:\n          filters:\n            ‸"), "branches tags"),
        (workflow("      - build:\n          filters: {branches: {‸}}"), "ignore only"),
        (workflow("      - deploy:\n          matrix:\n            ‸"), "alias exclude parameters"),
        (
            "version: 2.1\nworkflows:\n  main:\n    ‸\n    jobs: [a]\n".into(),
            "max_auto_reruns triggers unless when",
        ),
        (
            "version: 2.1\nworkflows:\n  main:\n    triggers:\n      - schedule:\n          ‸\n".into(),
            "cron filters",
        ),
        ("version: 2.1\njob-groups:\n  g:\n    ‸\n".into(), "description jobs"),
    ]);
    among(&[
        (job("    ‸"), "+docker +machine +macos +executor +steps +parallelism -branches"),
        (
            job("    docker: [{image: a}]\n    s‸\n    parallelism: 2"),
            "+steps +shell -docker -machine -parallelism",
        ),
        (job("    type: release\n    ‸"), "+parameters -steps"),
        (before("executors:", "  new:\n    ‸"), "+steps +parameters +description -docker"),
        (before("orbs:", "  flag:\n    ‸"), "+type +default +enum -steps"),
        (job("    steps:\n      - run:\n          ‸"), "+command +when +background -key"),
    ]);
}

#[test]
fn steps_are_built_in_ones_and_commands_of_the_config_and_its_orbs() {
    among(&[
        (
            job("    steps:\n      - ‸"),
            "+run +checkout +when +notify +node/install +s3/sync +tools/greet -build -node/test",
        ),
        (job("    steps:\n      - no‸"), "+notify +node/install"),
        (job("    steps:\n      - node/‸"), "+node/install +node/install-packages -node/run"),
        (job("    steps:\n      - checkout\n      - ‸\n      - run: make"), "+notify +checkout"),
        (job("    steps: [checkout, ‸]"), "+notify +node/install"),
        (job("    steps: [checkout, no‸"), "+notify +node/install"),
        (
            job("    steps:\n      - when:\n          condition: true\n          steps:\n            - ‸"),
            "+notify +checkout",
        ),
        (workflow("      - build:\n          pre-steps:\n            - ‸"), "+notify +checkout"),
        (
            job("    steps:\n      - notify:\n          before:\n            - ‸"),
            "+checkout +node/install -build",
        ),
        (job("    steps:\n      ‸"), "+checkout +notify"),
        (
            before("commands:", "      new:\n        steps:\n          - ‸"),
            "+greet +checkout -notify -node/install",
        ),
        (job("    steps:\n      - n‸: {channel: a}"), "+notify +node/install"),
    ]);
}

#[test]
fn arguments_are_those_of_what_is_called() {
    only(&[
        (job("    steps:\n      - notify:\n          ‸"), "before channel level loud"),
        (job("    steps:\n      - notify:\n          channel: a\n          l‸"), "before level loud"),
        (job("    steps:\n      - notify: {‸}"), "before channel level loud"),
        (job("    steps:\n      - tools/greet: {‸}"), "whom"),
        (
            job("    steps:\n      - node/install:\n          node-version: \"20.1\"\n          ‸"),
            "install-pnpm install-yarn node-install-dir pnpm-version yarn-version",
        ),
        (job("    steps:\n      - notify:\n          level: ‸"), "high low"),
        (job("    steps:\n      - notify:\n          level: \"‸\""), "high low"),
        (job("    steps:\n      - notify:\n          level: \"l‸"), "high low"),
        (job("    steps:\n      - notify: {channel: a, loud: ‸}"), "false true"),
        (job("    steps:\n      - notify:\n          channel: ‸"), ""),
        (
            job("    steps:\n      - node/install-packages:\n          pkg-manager: ‸"),
            "npm pnpm yarn yarn-berry",
        ),
        (job("    executor:\n      name: sized\n      ‸"), "size"),
        (job("    executor:\n      name: sized\n      size: ‸"), "large medium"),
        (job("    executor:\n      name: node/default\n      ‸"), "resource_class tag"),
        (workflow("      - deploy:\n          target: ‸"), "production staging"),
        (
            workflow("      - deploy:\n          matrix:\n            parameters:\n              ‸"),
            "on slow target",
        ),
        (
            workflow(
                "      - deploy:\n          matrix:\n            parameters:\n              target: [staging, ‸]",
            ),
            "production staging",
        ),
        (
            workflow(
                "      - deploy:\n          matrix:\n            parameters: {slow: [true]}\n            exclude:\n              - ‸",
            ),
            "on slow target",
        ),
    ]);
    among(&[
        (workflow("      - deploy:\n          ‸"), "+target +slow +requires +matrix +context -steps"),
        (workflow("      - deploy:\n          target: staging\n          ‸"), "+slow +requires -target"),
        (workflow("      - node/test:\n          ‸"), "+pkg-manager +version +requires"),
        (workflow("      - deploy:\n          on: ‸"), "+small +sized +node/default -build"),
        (job("    steps:\n      - notify:\n          chan‸nel: a"), "+channel"),
    ]);
}

#[test]
fn names_are_those_that_mean_something_there() {
    only(&[
        (workflow("      - build\n      - deploy:\n          requires: [‸]"), "build"),
        (
            workflow("      - build: {name: first}\n      - deploy:\n          requires:\n            - ‸"),
            "first",
        ),
        (
            workflow(
                "      - build\n      - deploy:\n          requires:\n            - b‸\n      - node/test",
            ),
            "build node/test",
        ),
        (
            workflow(
                "      - deploy: {matrix: {alias: all, parameters: {slow: [true]}}}\n      - build: {requires: [‸]}",
            ),
            "all",
        ),
        (
            workflow("      - build\n      - deploy:\n          requires:\n            - build: ‸"),
            "canceled failed not_run success terminal unauthorized",
        ),
        (
            workflow("      - build\n      - deploy:\n          requires:\n            - build: [failed, ‸]"),
            "canceled failed not_run success unauthorized",
        ),
        (workflow("      - hold:\n          type: ‸"), "approval"),
        (job("    type: ‸"), "approval build lock no-op release unlock"),
        (
            before("executors:", "  new:\n    parameters: {x: {type: ‸}}"),
            "boolean enum env_var_name executor integer steps string",
        ),
        (job("    steps:\n      - run: {command: a, when: ‸}"), "always on_fail on_success"),
        (job("    steps:\n      - checkout:\n          method: ‸"), "blobless full shallow"),
        ("version: 2.1\nsetup: ‸\n".into(), "false true"),
        (before("jobs:", "  new:\n    machine: ‸"), "false true"),
        (job("    circleci_ip_ranges: ‸"), "false true"),
        (
            before("  s3:", "  n: circleci/node@5‸"),
            "circleci/node@1 circleci/node@1.1.6 circleci/node@2 circleci/node@2.1.1 circleci/node@3 \
             circleci/node@3.0.1 circleci/node@4 circleci/node@4.9.0 circleci/node@5 circleci/node@5.3.0 \
             circleci/node@6 circleci/node@6.3.0 circleci/node@7 circleci/node@7.2.1",
        ),
        ("a: &one 1\nb: &two 2\nc: *‸\n".into(), "one two"),
        (
            "version: 2.1\nworkflows:\n  main:\n    when:\n      ‸\n    jobs: [a]\n".into(),
            "and equal matches not or",
        ),
        (before("orbs:", "  kind:\n    type: enum\n    enum: [a, b]\n    default: ‸"), "a b"),
    ]);
    among(&[
        (workflow("      - ‸"), "+build +deploy +node/test -notify -checkout -node/install"),
        (workflow("      - node/t‸"), "+node/test +build"),
        (format!("{REST}workflows:\n  main:\n    jobs: [‸]\n"), "+build +node/run"),
        (workflow("      ‸"), "+build +deploy"),
        (job("    executor: ‸"), "+small +sized +node/default -build"),
        (job("    executor:\n      name: ‸"), "+small +node/default"),
        (before("  s3:", "  n: ‸"), "+circleci/node@7 +circleci/slack@6 -circleci/node@5 +eddiewebb/queue@3"),
        (before("  s3:", "  n: circleci/n‸"), "+circleci/node@7"),
        (before("  build:", "  other: ‸"), "+node/test -build"),
    ]);
}

#[test]
fn templates_offer_what_is_in_scope() {
    among(&[
        (
            before("executors:", "      - run: echo << ‸"),
            "+parameters.channel +pipeline.parameters.release +pipeline.number -matrix.x",
        ),
        (
            job(
                "    parameters: {deep: {type: string}}\n    steps:\n      - run: |\n          echo << parameters.d‸",
            ),
            "+parameters.deep",
        ),
        (job("    working_directory: << pipeline.‸ >>"), "+pipeline.git.branch +pipeline.parameters.release"),
        (job("    steps:\n      - run: \"echo << parameters.‸"), "+pipeline.git.branch -parameters.channel"),
        (
            workflow(
                "      - deploy:\n          matrix: {parameters: {target: [staging]}}\n          name: << matrix.‸ >>",
            ),
            "+matrix.target",
        ),
        (
            before("commands:", "      new: {steps: [run: \"<< ‸ >>\"]}"),
            "+pipeline.git.tag -pipeline.parameters.release",
        ),
        (
            before("orbs:", "  other: {type: string, default: \"<< ‸\"}"),
            "+pipeline.number -pipeline.parameters.release",
        ),
    ]);
}

#[test]
fn where_anything_can_stand_nothing_is_offered() {
    only(&[
        (job("    steps:\n      - run: echo ‸"), ""),
        (job("    steps:\n      - run: |\n          ch‸"), ""),
        (job("    docker:\n      - image: ‸"), ""),
        ("version: 2.1\njobs:\n  ‸\n".into(), ""),
        ("# a comment ‸\nversion: 2.1\n".into(), ""),
        (workflow("      - build:\n          context: ‸"), ""),
        ("\tversion: 2.1\njobs: ‸\n".into(), ""),
    ]);
}

/// The text with the candidate `label` taken.
fn taken(text: &str, label: &str) -> String {
    let offset = text.find('‸').expect("a caret");
    let text = text.replacen('‸', "", 1);
    let completion = complete(&Sources::new("config.yml", text.clone()), offset);
    let candidate = completion.candidates.iter().find(|candidate| candidate.label == label);
    let candidate = candidate.unwrap_or_else(|| panic!("{label} is offered: {:?}", completion.candidates));
    let range = completion.span.range();
    format!("{}{}{}", &text[..range.start], candidate.insert, &text[range.end..])
}

#[test]
fn what_is_written_fits_into_the_text() {
    let cases = [
        ("version: 2.1\njo‸\n", "jobs", "version: 2.1\njobs:\n  \n"),
        ("jobs:\n  a:\n    ste‸\n", "steps", "jobs:\n  a:\n    steps:\n      - \n"),
        ("jobs:\n  a:\n    exe‸\n", "executor", "jobs:\n  a:\n    executor: \n"),
        ("jobs:\n  a:\n    ste‸: [checkout]\n", "steps", "jobs:\n  a:\n    steps: [checkout]\n"),
        (
            "jobs:\n  a:\n    steps:\n      - sa‸\n",
            "save_cache",
            "jobs:\n  a:\n    steps:\n      - save_cache:\n          \n",
        ),
        ("jobs:\n  a:\n    steps:\n      - ru‸n\n", "run", "jobs:\n  a:\n    steps:\n      - run: \n"),
        ("jobs:\n  a:\n    steps:\n      ‸\n", "checkout", "jobs:\n  a:\n    steps:\n      - checkout\n"),
        (
            "orbs: {s3: circleci/aws-s3@4}\njobs:\n  a:\n    steps:\n      - s3/co‸\n",
            "s3/copy",
            "orbs: {s3: circleci/aws-s3@4}\njobs:\n  a:\n    steps:\n      - s3/copy:\n          from: \n          to: \n",
        ),
        ("jobs: {a: {‸}}\n", "docker", "jobs: {a: {docker: }}\n"),
        (
            "jobs:\n  a:\n    shell: << pipeline.n‸\n",
            "pipeline.number",
            "jobs:\n  a:\n    shell: << pipeline.number >>\n",
        ),
        (
            "jobs:\n  a:\n    shell: << pipe‸.n >>\n",
            "pipeline.number",
            "jobs:\n  a:\n    shell: << pipeline.number >>\n",
        ),
        ("x: &it 1\ny: *i‸\n", "it", "x: &it 1\ny: *it\n"),
    ];
    for (text, label, expected) in cases {
        assert_eq!(taken(text, label), expected, "{text}");
    }
}

#[test]
fn any_place_of_any_fixture_has_an_answer() {
    for (path, text) in crate::checks::all_fixtures().iter().step_by(29) {
        let sources = Sources::new(path.clone(), text.clone());
        for offset in (0..=text.len()).step_by(11) {
            let completion = complete(&sources, offset);
            let range = completion.span.range();
            assert!(text.get(range.clone()).is_some() && range.end <= text.len(), "{path}: {offset}");
        }
    }
}

#[test]
fn details_tell_types_and_releases() {
    let found = at(&workflow("      - node/test:\n          pkg‸"));
    let found = found.iter().find(|candidate| candidate.label == "pkg-manager").expect("a parameter");
    assert_eq!(found.detail, "enum = npm");
    let found = at(&job("    steps:\n      - node/inst‸"));
    assert_eq!(
        found.iter().find(|found| found.label == "node/install").expect("a command").detail,
        "circleci/node@5.3.0"
    );
    let found = at(&job("    steps:\n      - notify: {‸}"));
    assert_eq!(
        found.iter().find(|found| found.label == "channel").expect("a parameter").detail,
        "string, required"
    );
}
