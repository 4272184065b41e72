//! The lessons of the playground, and what is said about broken ones.

use dryrun::analysis::attempt;
use dryrun::lesson::{Lesson, STEPS_FILE, TEXT_FILE, read};
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
            let held = |name: &str| attempt(&fs::read_to_string(folder.join(name)).unwrap(), step).held;
            let place = format!("{} step {}", folder.display(), index + 1);
            let start = held(lesson.start_of(index).unwrap());
            if start.iter().all(|held| *held) {
                wrong.push(format!("{place}: the start passes"));
            }
            let solution = held(&step.solution);
            for (goal, _) in step.goals.iter().zip(solution).filter(|(_, held)| !held) {
                wrong.push(format!("{place}: the solution does not reach {:?}", goal.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
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

const GOAL: &str = "steps:\n- start: a.yml\n  solution: b.yml\n  goals:\n  - text: It works\n";

#[test]
fn a_broken_lesson_says_what_is_wrong_and_where() {
    assert!(read(&format!("{GOAL}    clean: true\n"), "# A title\n\n## A step\n").is_ok());
    let said = fault(&format!("{GOAL}    claen: true\n"));
    assert!(said.starts_with("lesson.yml:6: ") && said.contains("`claen`"), "{said}");
    let said = fault("steps: [");
    assert!(said.starts_with("lesson.yml:"), "{said}");
    let said = fault(GOAL);
    assert!(said.contains("goal 1: it needs its `text` and one thing to reach"), "{said}");
    let said = fault(&format!("{GOAL}    clean: true\n    wall: 3\n"));
    assert!(said.contains("one thing to reach"), "{said}");
    let said = fault(&format!("{GOAL}    gone: [no-such-check]\n"));
    assert!(said.contains("there is no check `no-such-check`"), "{said}");
    let said = fault(&GOAL.replace("a.yml", "../a.yml"));
    assert!(said.contains("a file in the lesson's folder"), "{said}");
    assert!(fault("steps: []").contains("There are no steps"));
    let none = read(&format!("{GOAL}    clean: true\n"), "# A title\n").unwrap_err().to_string();
    assert_eq!(
        none,
        "lesson.md: There are 0 steps here, and 1 in lesson.yml: each needs a heading such as `## The task`"
    );
    let untitled = read(&format!("{GOAL}    clean: true\n"), "## A step\n").unwrap_err().to_string();
    assert!(untitled.contains("There is no title"), "{untitled}");
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
        "# A title\n\n## A step\n\n```yaml\n## a comment\n```\n\nMore.\n",
    )
    .unwrap();
    assert!(lesson.steps[0].task.contains("## a comment") && lesson.steps[0].task.contains("More."));
}
