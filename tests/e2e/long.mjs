// A config of about 900 lines as a company with many services has it, and faults that one makes in such a config.

const SERVICES = [
  "accounts", "billing", "catalogue", "delivery", "emails", "frontend", "gateway", "invoices", "ledger", "metrics",
  "orders", "payments", "reports", "search",
];

const HEAD = `version: 2.1

orbs:
  node: circleci/node@5.3.0
  slack: circleci/slack@4.13.3

parameters:
  deploy-environment:
    type: enum
    enum: [staging, production]
    default: staging
  run-load-tests:
    type: boolean
    default: false

executors:
  node-small:
    docker:
      - image: cimg/node:22.11
    resource_class: small
    working_directory: ~/project
  node-with-database:
    parameters:
      database:
        type: string
        default: shop_test
    docker:
      - image: cimg/node:22.11
      - image: cimg/postgres:16.4
        environment:
          POSTGRES_DB: << parameters.database >>
          POSTGRES_USER: shop
    resource_class: medium
    working_directory: ~/project

commands:
  install-dependencies:
    description: Restore the packages of a service, or install them
    parameters:
      service:
        type: string
    steps:
      - restore_cache:
          keys:
            - packages-v3-<< parameters.service >>-{{ checksum "package-lock.json" }}
            - packages-v3-<< parameters.service >>-
      - run:
          name: Install packages
          command: npm ci --workspace services/<< parameters.service >>
      - save_cache:
          key: packages-v3-<< parameters.service >>-{{ checksum "package-lock.json" }}
          paths:
            - ~/.npm
  wait-for-database:
    steps:
      - run:
          name: Wait for the database
          command: |
            for attempt in 1 2 3 4 5; do
              pg_isready --host localhost && exit 0
              sleep 2
            done
            exit 1
`;

const job = service => `
  build-${service}:
    executor: node-small
    steps:
      - checkout
      - install-dependencies:
          service: ${service}
      - run:
          name: Build ${service}
          command: npm run build --workspace services/${service}
      - persist_to_workspace:
          root: ~/project
          paths:
            - services/${service}/dist
  test-${service}:
    executor:
      name: node-with-database
      database: ${service}_test
    parallelism: 2
    steps:
      - checkout
      - install-dependencies:
          service: ${service}
      - wait-for-database
      - run:
          name: Test ${service}
          command: |
            circleci tests glob "services/${service}/**/*.test.js" \\
              | circleci tests run --command="xargs npx jest --ci" --split-by=timings
          environment:
            DATABASE_URL: postgres://shop@localhost/${service}_test
      - store_test_results:
          path: reports/${service}
  deploy-${service}:
    executor: node-small
    steps:
      - checkout
      - attach_workspace:
          at: ~/project
      - run:
          name: Deploy ${service} to << pipeline.parameters.deploy-environment >>
          command: ./scripts/deploy.sh ${service} << pipeline.parameters.deploy-environment >>
      - slack/notify:
          event: fail
          template: basic_fail_1
`;

const entries = service => `
      - build-${service}
      - test-${service}:
          requires:
            - build-${service}
      - deploy-${service}:
          context: shop-deploy
          requires:
            - test-${service}
          filters:
            branches:
              only: main
`;

/** Without a fault. */
export const LONG = `${HEAD}
jobs:${SERVICES.map(job).join("")}
workflows:
  services:
    jobs:${SERVICES.map(entries).join("")}`.replaceAll(":\n\n", ":\n");

/** The config with `by` in place of `old`, which stands there once behind `where`. @param {string} where @param {string} old @param {string} by */
function wrong(where, old, by) {
  const at = LONG.indexOf(old, LONG.indexOf(where));
  return LONG.slice(0, at) + by + LONG.slice(at + old.length);
}

/**
 * What goes wrong, and the one word it is about: `check` finds it there, and nothing else is an error. `mends`: the
 * fix that is offered makes the config what it was.
 * @type {Record<string, { text: string, word: string, check: string, mends: boolean }>}
 */
export const FAULTS = {
  "a requirement is misspelt": {
    text: wrong("deploy-payments:\n          context", "test-payments", "test-paymets"),
    word: "test-paymets", check: "undefined-requirement", mends: true,
  },
  "an argument of a command is misspelt": {
    text: wrong("  build-orders:", "service: orders", "servce: orders"),
    word: "servce", check: "unexpected-argument", mends: true,
  },
  "a command is defined under a misspelt name": {
    text: wrong("commands:", "install-dependencies", "instal-dependencies"),
    word: "instal-dependencies", check: "undefined-command", mends: true,
  },
  "a job of a workflow is misspelt": {
    text: wrong("- test-payments:", "test-payments", "test-payment"),
    word: "test-payment", check: "undefined-job", mends: true,
  },
  "a key of a step stands too far left": {
    text: wrong("name: Build invoices", "          command", "        command"),
    word: "command", check: "wrong-type", mends: true,
  },
  "an item of a list stands too far left": {
    text: wrong("  deploy-ledger:", "      - checkout", "    - checkout"),
    word: "-", check: "yaml-syntax", mends: true,
  },
  "a job stands too far right": {
    text: wrong("  build-metrics:", "  build-metrics:", "   build-metrics:"),
    word: "build-metrics", check: "yaml-syntax", mends: true,
  },
  "a colon is missing": {
    text: wrong("  test-payments:", "test-payments:", "test-payments"),
    word: "test-payments", check: "yaml-syntax", mends: true,
  },
  "a tab indents": {
    text: wrong("name: Build metrics", "          command", "\t  command"),
    word: "\t  ", check: "yaml-syntax", mends: true,
  },
  "a dash has no space behind it": {
    text: wrong("deploy-search:\n          context", "- test-search", "-test-search"),
    word: "-test-search", check: "wrong-type", mends: true,
  },
  "a parameter in an expression is misspelt": {
    text: wrong("name: Deploy orders", "deploy-environment", "deploy-enviroment"),
    word: "pipeline.parameters.deploy-enviroment", check: "unknown-pipeline-value", mends: true,
  },
  "a key is written twice": {
    text: wrong("  test-gateway:", "    parallelism: 2", "    parallelism: 2\n    executor: node-small"),
    word: "executor", check: "duplicate-key", mends: false,
  },
};
