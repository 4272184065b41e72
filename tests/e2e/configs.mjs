// Texts that several tests paste.

/** `jobs` jobs, each with three that wait for it; six lines and `steps` more a job. @param {number} jobs */
export function tree(jobs, steps = 4) {
  const lines = ["version: 2.1", "jobs:"];
  for (let job = 0; job < jobs; job++) {
    lines.push(`  job-${job}:`, "    docker:", "      - image: cimg/base:current", "    steps:", "      - checkout");
    for (let step = 0; step < steps; step++) lines.push(`      - run: echo "step ${step} of ${job}"`);
  }
  lines.push("workflows:", "  all:", "    jobs:");
  for (let job = 0; job < jobs; job++) {
    lines.push(job === 0 ? `      - job-${job}` : `      - job-${job}: {requires: [job-${Math.floor((job - 1) / 3)}]}`);
  }
  return lines.join("\n") + "\n";
}

/** Valid: three jobs, one after the other two. */
export const VALID = `version: 2.1
jobs:
  build:
    docker:
      - image: cimg/go:1.22
    steps:
      - checkout
  lint:
    docker:
      - image: cimg/go:1.22
    steps:
      - checkout
  deploy:
    docker:
      - image: cimg/go:1.22
    steps:
      - checkout
workflows:
  main:
    jobs:
      - build
      - lint
      - deploy:
          requires:
            - build
            - lint
`;

/** One error, at the word `biuld` on line 10. */
export const UNKNOWN_REQUIREMENT = `version: 2.1
jobs:
  build:
    docker: [{image: "cimg/base:current"}]
    steps: [checkout]
workflows:
  main:
    jobs:
      - build
      - build: {name: again, requires: [biuld]}
`;
