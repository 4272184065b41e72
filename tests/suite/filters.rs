//! Branch and tag filters: as they are read, and what their items match.

use dryrun::config::{self, Filters};
use dryrun::expression::item_matches;
use dryrun::text::{Sources, Spanned};
use dryrun::yaml;

fn config(text: &str) -> (Sources, config::Config) {
    let sources = Sources::new("config.yml", text);
    let config = config::read(&yaml::parse(sources.config()).0);
    (sources, config)
}

fn texts(items: &[Spanned<String>]) -> Vec<&str> {
    items.iter().map(|item| item.value.as_str()).collect()
}

#[test]
fn items_are_names_or_patterns_for_the_whole_name() {
    for (item, name, matches) in [
        ("main", "main", true),
        ("main", "main2", false),
        ("release.*", "release-1", false),
        ("/release/", "release-1", false),
        ("/release.*/", "release-1", true),
        ("/release.*/", "pre-release-1", false),
        ("/^v\\d+$/", "v12", true),
        ("/.*/", "feature/long/name", true),
        ("/main|dev/", "devel", false),
        ("/", "/", true),
        ("//", "", true),
    ] {
        assert_eq!(item_matches(item, name), Ok(matches), "{item} {name}");
    }
    assert!(item_matches("/^(?!pull).*$/", "main").is_err(), "only Java knows lookaheads");
}

#[test]
fn filters_are_read_in_all_their_forms() {
    let text = "\
workflows:
  main:
    max_auto_reruns: 3
    triggers:
      - schedule:
          cron: 0 0 * * *
          filters: {branches: {only: main}}
    jobs:
      - one:
          filters:
            branches: {only: [main, /v.*/], ignore: dev}
            tags: {}
      - two: {filters: pipeline.git.tag}
";
    let (sources, config) = config(text);
    let workflow = &config.workflows.unwrap().all[0];
    assert_eq!(workflow.max_auto_reruns, 3);
    let schedule = &workflow.schedules[0];
    assert_eq!(schedule.cron.as_ref().unwrap().value, "0 0 * * *");
    assert_eq!(sources.slice(schedule.key), "schedule");
    let scheduled = schedule.filters.as_ref().unwrap().branches.as_ref().unwrap();
    assert_eq!(texts(&scheduled.only.as_ref().unwrap().items), ["main"]);
    let filters = Filters::read(workflow.jobs[0].filters.as_ref().unwrap()).unwrap();
    let branches = filters.branches.unwrap();
    assert_eq!(sources.slice(branches.key), "branches");
    let only = branches.only.unwrap();
    assert_eq!(texts(&only.items), ["main", "/v.*/"]);
    assert_eq!(sources.slice(only.items[1].span), "/v.*/");
    assert_eq!(texts(&branches.ignore.unwrap().items), ["dev"]);
    let tags = filters.tags.unwrap();
    assert_eq!((tags.only, tags.ignore), (None, None));
    assert_eq!(Filters::read(workflow.jobs[1].filters.as_ref().unwrap()), None, "an expression");
}
