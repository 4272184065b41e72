//! The lessons of the playground, and what is said about broken ones.

use dryrun::analysis::{attempt, facts};
use dryrun::compile::Trigger;
use dryrun::lesson::{Facts, Lesson, STEPS_FILE, TEXT_FILE, Trial, read};
use dryrun::report::RunInputs;
use dryrun::worker::{Asked, Given, Request, RequestKind};
use std::fs;
use std::path::{Path, PathBuf};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/lessons");
    let entries = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn lesson(folder: &Path) -> Lesson {
    let text = |name| fs::read_to_string(folder.join(name)).unwrap();
    read(&text(STEPS_FILE), &text(TEXT_FILE)).unwrap_or_else(|fault| panic!("{}: {fault}", folder.display()))
}

#[test]
fn every_solution_reaches_all_goals_and_no_start_does() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let lesson = lesson(&folder);
        for (index, step) in lesson.steps.iter().enumerate() {
            let tried = |name: &str| attempt(&fs::read_to_string(folder.join(name)).unwrap(), step);
            let place = format!("{} step {}", folder.display(), index + 1);
            if tried(lesson.start_of(index).unwrap()).passes() {
                wrong.push(format!("{place}: the start passes"));
            }
            let solution = tried(&step.solution).goals;
            for (goal, reached) in step.goals.iter().zip(solution) {
                if let Err(why) = reached {
                    wrong.push(format!("{place}: the solution does not reach {:?}: {why}", goal.text));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn facts_that_cross_from_the_engine_are_those_the_command_line_judges_by() {
    let mut found = 0;
    for folder in folders() {
        for step in lesson(&folder).steps {
            let text = fs::read_to_string(folder.join(&step.solution)).unwrap();
            let asked = postcard::to_allocvec(&Asked::<(), _>::Lesson(text.clone(), &step.trial)).unwrap();
            let Ok(Asked::<Request, Trial>::Lesson(asked, trial)) = postcard::from_bytes(&asked) else {
                panic!("{}: the question is another one", folder.display())
            };
            let answer = postcard::to_allocvec(&facts(asked, trial)).unwrap();
            let answer: Facts = postcard::from_bytes(&answer).unwrap();
            assert_eq!(answer, attempt(&text, &step).facts, "{}", folder.display());
            found += answer.cold.jobs.len();
        }
    }
    assert!(found > 10, "{found} jobs");
}

#[test]
fn the_engine_tells_the_page_from_a_lesson() {
    let kind = RequestKind::Run {
        name: "config.yml".to_owned(),
        text: CHAIN.to_owned(),
        given: Given::default(),
        run: Box::new(RunInputs::default()),
    };
    let request = Request { rev: 7, kind };
    let asked = postcard::to_allocvec(&Asked::<_, ()>::Page(&request)).unwrap();
    let read: Asked<Request, Trial> = postcard::from_bytes(&asked).unwrap();
    assert_eq!(read, Asked::Page(request));
}

#[test]
fn a_push_that_several_goals_are_about_is_tried_once() {
    let goal = |goal: &str| format!("  - text: x\n    {goal}\n");
    let goals = [
        "runs: { job: a, branch: main }",
        "not-runs: { job: b }",
        "not-runs: { job: a, tag: v1 }",
        "runs: { job: b, tag: v1, branch: main }",
    ];
    let goals: String = goals.iter().map(|line| goal(line)).collect();
    let steps = format!("steps:\n- start: a.yml\n  solution: b.yml\n  goals:\n{goals}");
    let trial = read(&steps, "# A title\n\n## A step\n").unwrap().steps.remove(0).trial;
    assert_eq!(trial.pushes, [Trigger::Branch("main".to_owned()), Trigger::Tag("v1".to_owned())]);
}

#[test]
fn there_are_ten_lessons_each_with_hints_and_an_own_text() {
    let lessons: Vec<Lesson> = folders().iter().map(|folder| lesson(folder)).collect();
    assert_eq!(lessons.len(), 10);
    for lesson in &lessons {
        assert!(!lesson.intro.trim().is_empty(), "{}", lesson.title);
        for step in &lesson.steps {
            assert!(!step.hints.is_empty() && !step.task.trim().is_empty(), "{}", lesson.title);
        }
    }
}

/// What is said of a lesson of one step with this `lesson.yml`.
fn fault(steps: &str) -> String {
    read(steps, "# A title\n\n## A step\n").unwrap_err().to_string()
}

/// The rows of a table of `docs/lessons.md` whose head begins with these words, as cells.
fn documented(head: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/lessons.md")).unwrap();
    let rows = text.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    rows.map(cells).collect()
}

/// The words in backticks.
fn names(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What is taken in place of a key that is not, as the fault lists it.
fn taken(steps: &str) -> Vec<String> {
    let said = fault(steps);
    names(said.split_once("expected one of").unwrap_or_else(|| panic!("{said}")).1)
}

#[test]
fn the_documented_goals_are_those_that_are_taken_and_each_example_is_read() {
    let rows = documented("| key | reached when");
    let keys: Vec<String> = rows.iter().flat_map(|row| names(&row[0])).collect();
    assert_eq!(keys, taken(&format!("{GOAL}    claen: true\n"))[1..]);
    for (key, row) in keys.iter().zip(&rows) {
        let example = row[2].trim_matches('`');
        assert_eq!(example.split(':').next(), Some(key.as_str()));
        let steps = format!("{GOAL}    {example}\n");
        assert!(read(&steps, "# A title\n\n## A step\n").is_ok(), "{example}: {}", fault(&steps));
    }
}

#[test]
fn the_documented_keys_of_a_step_are_those_that_are_taken() {
    let mut keys: Vec<String> = documented("| key | meaning").iter().flat_map(|row| names(&row[0])).collect();
    let mut taken = taken("steps:\n- strat: a.yml\n");
    keys.sort();
    taken.sort();
    assert_eq!(keys, taken);
}

const GOAL: &str = "steps:\n- start: a.yml\n  solution: b.yml\n  goals:\n  - text: It works\n";

/// What is said of a goal that this config does not reach.
fn missed(goal: &str, config: &str) -> String {
    let steps = format!("{GOAL}    {goal}\n  durations: {{ long: 100 }}\n");
    let lesson = read(&steps, "# A title\n\n## A step\n").unwrap();
    let attempt = attempt(config, &lesson.steps[0]);
    attempt.goals[0].clone().expect_err(goal)
}

const CHAIN: &str = "version: 2.1
jobs:
  first: &job
    docker: [{image: cimg/base:2024.01}]
    steps: [checkout, {run: {name: Work, command: make}}]
  long: *job
workflows:
  main:
    jobs: [first, long: {requires: [first], filters: {branches: {only: main}}}]
";

#[test]
fn a_goal_that_is_not_reached_says_what_is_so_instead() {
    let cases = [
        ("parallel: [first, long]", "`first` is done after 35 s, `long` begins after 35 s"),
        ("parallel: [first, lnog]", "No workflow has a job `lnog`"),
        ("downstream: [first, long]", "`long` waits for `first`, not the other way round"),
        ("downstream: [first, first]", "`first` requires nothing, so it starts at once"),
        ("downstream: [long, long]", "`long` requires only `first`"),
        ("edge: { kind: requires, from: long, to: first }", "`first` does not require `long`"),
        ("edge: { kind: workspace, from: first, to: long }", "`first` persists nothing to the workspace"),
        ("edge: { kind: workspace, to: long }", "`long` attaches no workspace"),
        ("edge: { kind: workspace }", "No job gets files from another job"),
        ("edge: { kind: cache, from: first }", "`first` saves no cache"),
        ("edge: { kind: cache, to: long }", "`long` restores no cache"),
        ("no-edge: { kind: requires }", "There is one from `first` to `long`"),
        ("cache-hit: long", "`long` restores no cache"),
        ("wall: 100", "It takes 2 min 15 s"),
        ("critical: 100", "The longest chain of jobs takes 2 min 15 s"),
        ("compute: 100", "All containers together run 2 min 15 s"),
        ("runs: { job: long, branch: other }", "This push leaves `long` out"),
        ("not-runs: { job: first, branch: other }", "This push runs `first`"),
        ("not-runs: { job: lnog }", "No workflow has a job `lnog`"),
        ("approval: first", "`first` waits for nobody"),
        ("does: { first: [Test] }", "`first` has no step `Test`"),
        ("does: { first: [make, checkout] }", "In `first` `checkout` comes before `make`"),
        ("does: { first: [checkout], lnog: [make] }", "No workflow has a job `lnog`"),
        ("calls: [first, tools]", "`first` does not use `tools`"),
        (
            "cache-key: [first, a.lock, b.lock]",
            "No cache that `first` saves has the checksum of `a.lock` or `b.lock` in its key",
        ),
        ("unpacks: [long, bin/a]", "In `long` nothing is unpacked, so there is no `bin/a`"),
        ("lines: 8", "It has 9 lines"),
    ];
    for (goal, expected) in cases {
        assert_eq!(missed(goal, CHAIN), expected, "{goal}");
    }
    assert_eq!(missed("clean: true", "version: 2.1\njobs: [\n"), "The config has errors");
    let unused = CHAIN.replace(
        "jobs: [first, long: {requires: [first], filters: {branches: {only: main}}}]",
        "jobs: [first]",
    );
    assert_eq!(missed("clean: true", &unused), "There is one, in the list of problems");
    assert_eq!(missed("gone: [unused-job]", &unused), "`unused-job` is still in the list of problems");
    let hidden = unused.replace("  long: *job", "  # cci-ignore-next-line unused-job\n  long: *job");
    assert_eq!(missed("gone: [unused-job]", &hidden), "A comment hides `unused-job`; it is still there");
}

#[test]
fn a_cache_line_counts_where_the_save_comes_first_in_the_same_run() {
    let cached = CHAIN.replace(
        "{run: {name: Work, command: make}}",
        "{restore_cache: {key: k}}, {save_cache: {key: k, paths: [deps]}}",
    );
    let steps = format!("{GOAL}    edge: {{ kind: cache, from: first, to: long }}\n");
    let step = &read(&steps, "# A title\n\n## A step\n").unwrap().steps[0];
    assert!(attempt(&cached, step).passes());
    let at_once = attempt(&cached.replace("requires: [first], ", ""), step);
    assert_eq!(
        at_once.goals,
        [Err("`long` restores no cache of `first`: it needs the same key, and has to wait".to_owned())]
    );
}

#[test]
fn what_fails_while_a_check_finds_something_fails_in_the_run() {
    let steps = format!("{GOAL}    succeeds: [first, long]\n  fails: {{ unused-command: [first/Work] }}\n");
    let step = &read(&steps, "# A title\n\n## A step\n").unwrap().steps[0];
    assert!(attempt(CHAIN, step).passes());
    let found = CHAIN.replace("workflows:", "commands: {idle: {steps: [checkout]}}\nworkflows:");
    let tried = attempt(&found, step);
    assert_eq!(tried.goals, [Err("`first` ends as failed".to_owned())]);
    assert_eq!(tried.facts.cold.wall, 35);
    let said = fault(&steps.replace("unused-command", "no-such-check"));
    assert!(said.contains("`fails`: there is no check `no-such-check`"), "{said}");
}

#[test]
fn an_approval_that_is_given_lets_the_run_go_on() {
    let hold = CHAIN
        .replace("[first, long:", "[first, hold: {type: approval}, long:")
        .replace("requires: [first]", "requires: [hold]");
    let steps = format!("{GOAL}    succeeds: [long]\n");
    let read_step = |steps: &str| read(steps, "# A title\n\n## A step\n").unwrap().steps.remove(0);
    assert!(!attempt(&hold, &read_step(&steps)).passes());
    let given = attempt(&hold, &read_step(&format!("{steps}  approvals: {{ hold: 300 }}\n")));
    assert!(given.passes());
    assert_eq!(given.facts.cold.wall, 335);
}

#[test]
fn a_broken_lesson_says_what_is_wrong_and_where() {
    assert!(read(&format!("{GOAL}    clean: true\n"), "# A title\n\n## A step\n").is_ok());
    let said = fault(&format!("{GOAL}    claen: true\n"));
    assert!(said.starts_with("lesson.yml:6: ") && said.contains("`claen`"), "{said}");
    let said = fault("steps: [");
    assert!(said.starts_with("lesson.yml:"), "{said}");
    let said = fault(GOAL);
    assert!(
        said.starts_with("lesson.yml:5: Step 1, goal 1: it needs its `text` and one thing to reach"),
        "{said}"
    );
    let said = fault(&format!("{GOAL}    clean: true\n    wall: 3\n"));
    assert!(said.contains("one thing to reach"), "{said}");
    let said = fault(&format!("{GOAL}    gone: [no-such-check]\n"));
    assert!(said.contains("there is no check `no-such-check`"), "{said}");
    let said = fault(&format!("{}    clean: true\n", GOAL.replace("a.yml", "../a.yml")));
    assert!(said.contains("`../a.yml` is no name of a file in the lesson's folder"), "{said}");
    assert!(fault("steps: []").contains("There are no steps"));
    let none = read(&format!("{GOAL}    clean: true\n"), "# A title\n").unwrap_err().to_string();
    assert_eq!(
        none,
        "lesson.md: There are 0 steps here, and 1 in lesson.yml: each needs a heading such as `## The task`"
    );
    let untitled = read(&format!("{GOAL}    clean: true\n"), "## A step\n").unwrap_err().to_string();
    assert!(untitled.contains("There is no title"), "{untitled}");
}

/// What a lesson is called and told to do, as its writer would slip.
#[test]
fn slips_of_the_pen_are_told_with_their_line_and_in_plain_words() {
    let second = format!("{GOAL}    clean: true\n  - text: y\n");
    let cases = [
        (GOAL.replace("text: It works", "text: `it` works"), "lesson.yml:5: ", "into quotes"),
        (GOAL.replace("text: It works", "text: It works: well"), "lesson.yml:5: ", "into quotes"),
        (GOAL.replace("  goals:", "\tgoals:"), "lesson.yml:4: ", "tab"),
        (format!("{GOAL}    clean: false\n"), "lesson.yml:5: ", "`clean` can only be `true`"),
        (format!("{GOAL}    wall: 9000000\n"), "lesson.yml:5: ", "times are in seconds"),
        (format!("{GOAL}    wall: 2 min\n"), "lesson.yml:6: ", "expected whole seconds"),
        (format!("{GOAL}    downstream: [a, b, c]\n"), "lesson.yml:6: ", "expected two names"),
        (format!("{GOAL}    parallel: a\n"), "lesson.yml:6: ", "expected a list"),
        (format!("{GOAL}    does: {{ a: [] }}\n"), "lesson.yml:5: ", "`does` needs a job"),
        (
            format!("{GOAL}    calls: [a]\n"),
            "lesson.yml:5: ",
            "`calls` needs a job and at least one name more",
        ),
        (format!("{GOAL}    edge: {{ kind: needs }}\n"), "lesson.yml:6: ", "unknown variant `needs`"),
        (
            format!("{second}    gone: [no-such-check]\n"),
            "lesson.yml:7: Step 1, goal 2: ",
            "no check `no-such-check`",
        ),
        (
            format!("{GOAL}    clean: true\n   hints: [One]\n"),
            "lesson.yml:7: ",
            "the indentation is that of no line above",
        ),
        (GOAL.replace("  goals:", " goals:"), "lesson.yml:4: ", "the indentation is that of no line above"),
        (format!("{GOAL}    clean: true\n  hints:\n  - One: `two`.\n"), "lesson.yml:8: ", "into quotes"),
        (format!("{GOAL}    clean: true\n  hints:\n  - One: two.\n"), "lesson.yml:8: ", "needs quotes"),
        (format!("{GOAL}    clean: true\n  hints: One.\n"), "lesson.yml:7: ", "expected a list"),
        (
            "steps:\n- start: a.yml\n  solution: b.yml\n".to_owned(),
            "lesson.yml:2: Step 1: ",
            "missing key `goals`",
        ),
        (
            "steps:\n- start: a.yml\n  solution: b.yml\n  goals: []\n".to_owned(),
            "lesson.yml:2: Step 1: ",
            "no goals",
        ),
        (
            "steps:\n- one\n".to_owned(),
            "lesson.yml:2: Step 1: ",
            "a step: a mapping with `solution` and `goals`",
        ),
        ("- start: a.yml\n".to_owned(), "lesson.yml:1: ", "a mapping with the list `steps`"),
        (GOAL.replace("a.yml", "my start.yml"), "lesson.yml:", "`my start.yml` is no name of a file"),
        (GOAL.replace("a.yml", "configs\\a.yml"), "lesson.yml:", "is no name of a file"),
        (GOAL.replace("start: a.yml\n  ", ""), "lesson.yml", "needs a `start`"),
        ("\u{feff}\n".to_owned(), "lesson.yml: ", "This file is empty"),
    ];
    for (steps, place, words) in cases {
        let steps = if steps.ends_with("It works\n") { format!("{steps}    clean: true\n") } else { steps };
        let said = fault(&steps);
        assert!(said.starts_with(place) && said.contains(words), "{steps}\n{said}");
    }
}

#[test]
fn a_lesson_from_windows_is_the_same_lesson() {
    let (steps, text) = (format!("{GOAL}    clean: true\n"), "# A title\n\n## A step\n\nDo *it*.\n");
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let (here, there) = (read(&steps, text).unwrap(), read(&windows(&steps), &windows(text)).unwrap());
    let shown = |lesson: &Lesson| {
        let step = &lesson.steps[0];
        (lesson.title.clone(), step.title.clone(), step.task.clone(), step.goals.clone())
    };
    assert_eq!(shown(&here), shown(&there));
}

#[test]
fn what_a_workspace_brings_is_told_as_the_job_sees_it() {
    let config = |persist: &str, at: &str| {
        CHAIN.replace(
            "{run: {name: Work, command: make}}]\n  long: *job",
            &format!(
                "{{persist_to_workspace: {persist}}}]\n  long: {{docker: [{{image: cimg/base:2024.01}}], steps: [{{attach_workspace: {{at: {at}}}}}]}}"
            ),
        )
    };
    let unpacked = |persist: &str, at: &str| {
        let facts = facts(config(persist, at), Trial::default());
        facts.contents.into_iter().find(|content| content.job == "long").unwrap().unpacked
    };
    let project = "/home/circleci/project";
    assert_eq!(unpacked("{root: ., paths: [bin]}", "."), ["bin", &format!("{project}/bin")]);
    assert_eq!(unpacked("{root: bin, paths: [a, b]}", "out")[..2], ["out/a", &format!("{project}/out/a")]);
    assert_eq!(unpacked("{root: ., paths: [.]}", "~/project"), [".", project]);
    assert_eq!(unpacked("{root: /, paths: [home/circleci]}", "/"), [".", "/home/circleci"]);
    assert_eq!(unpacked("{root: /opt, paths: [tool]}", "/tmp"), ["/tmp/tool"]);
    assert!(unpacked("{root: $HOME, paths: [x]}", ".").is_empty());
}

#[test]
fn a_bomb_of_a_lesson_is_refused() {
    let mut bomb = String::from("a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let list = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.extend(["b", &level.to_string(), ": &a", &level.to_string(), " [", &list, "]\n"]);
    }
    bomb.push_str("steps: *a11\n");
    assert!(fault(&bomb).starts_with("lesson.yml"));
    assert!(fault(&"[".repeat(60_000)).starts_with("lesson.yml"));
    assert!(fault(&"#".repeat(70_000)).contains("longer than 64 KB"));
}

#[test]
fn a_heading_in_code_begins_no_step() {
    let lesson = read(
        &format!("{GOAL}    clean: true\n"),
        "# A title\n\n## A step\n\n```yaml\n## a comment\n```\n\n  ~~~~\n## another\n```\n## third\n  ~~~~\n\nMore.\n",
    )
    .unwrap();
    let task = &lesson.steps[0].task;
    for words in ["## a comment", "## another", "## third", "More."] {
        assert!(task.contains(words), "{words}");
    }
}

#[test]
fn the_figures_in_the_texts_are_those_of_the_runs() {
    type Figure = fn(&Facts) -> usize;
    let wall: Figure = |facts| usize::try_from(facts.cold.wall).unwrap();
    let warm: Figure = |facts| usize::try_from(facts.warm.wall).unwrap();
    let compute: Figure = |facts| usize::try_from(facts.cold.compute).unwrap();
    let lines: Figure = |facts| facts.lines;
    // A lesson and its step, what is measured at its start and with its solution, and how its text has that.
    let cases = [
        ("02-parallel-jobs", 0, wall, (185, 125), "the run gets a minute shorter"),
        ("02-parallel-jobs", 0, compute, (185, 190), "work 5 seconds more"),
        ("03-fan-out", 0, wall, (35, 70), "from 35 seconds to 1 min 10 s"),
        ("04-module-cache", 0, wall, (125, 135), "which takes 10 seconds"),
        ("04-module-cache", 0, warm, (125, 55), "from 2 min 5 s to 55 seconds"),
        ("05-workspace", 0, wall, (200, 115), "from 3 min 20 s to less than two minutes"),
        ("06-failing-attach", 0, wall, (45, 75), "fails after 45 seconds now"),
        ("07-cache-alone", 0, wall, (175, 145), "both runs get that much shorter"),
        ("07-cache-alone", 0, warm, (95, 65), "is assumed to take 30 seconds"),
        ("08-orb", 0, lines, (89, 77), "77 lines in place of 89"),
        ("08-orb", 1, lines, (77, 53), "36 of 89 lines"),
        ("09-branches-and-approval", 1, wall, (70, 335), "5 minutes after the push"),
        ("10-fast-pipeline", 0, wall, (365, 235), "in 6 min 5 s"),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/lessons");
    for (id, index, figure, expected, words) in cases {
        let folder = root.join(id);
        let lesson = lesson(&folder);
        let of = |name: &str| {
            let text = fs::read_to_string(folder.join(name)).unwrap();
            figure(&facts(text, lesson.steps[index].trial.clone()))
        };
        let measured = (of(lesson.start_of(index).unwrap()), of(&lesson.steps[index].solution));
        assert_eq!(measured, expected, "{id}: {words}");
        let told = format!("{} {}", lesson.intro, lesson.steps[index].task);
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(words), "{id}: {words}");
    }
}
