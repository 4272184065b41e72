use super::suggestion::{reworded, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};
use crate::sort;
use crate::yaml::Node;

declare_check! {
    /// ## What it does
    ///
    /// Reads the `cron` of scheduled workflows: how many fields there are, values out of range, days that no month
    /// has, and what CircleCI does not support although other schedulers do: steps (`*/10`), ranges inside lists
    /// (`1,3-5`) and ranges of named days (`Tue-Sat`).
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler accepts any text. The workflow then never runs, or not when it was meant to, and nobody
    /// is told.
    ///
    /// ## How to fix
    ///
    /// Write five fields: minute, hour, day of the month, month, day of the week (0 is Sunday), in UTC. Lists say
    /// what steps and ranges would:
    ///
    /// ```yaml
    /// cron: "0,20,40 6 * * 1,2,3,4,5"
    /// ```
    INVALID_CRON = "invalid-cron", Warning, since "0.1.0"; run
}

/// What a field of a cron line is.
struct Unit {
    name: &'static str,
    least: u32,
    most: u32,
    /// Words for its values, from the least on.
    words: &'static [&'static str],
    days: bool,
}

const UNITS: [Unit; 5] = [
    Unit { name: "minute", least: 0, most: 59, words: &[], days: false },
    Unit { name: "hour", least: 0, most: 23, words: &[], days: false },
    Unit { name: "day of the month", least: 1, most: 31, words: &[], days: true },
    Unit { name: "month", least: 1, most: 12, words: MONTHS, days: false },
    Unit { name: "day of the week", least: 0, most: 7, words: DAYS, days: true },
];
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/// The most days that each month can have.
const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The values of a field, and whether they are written in a way that CircleCI supports.
struct Values {
    all: Vec<u32>,
    unsupported: Option<&'static str>,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    for trigger in workflows.flat_map(|workflow| &workflow.triggers) {
        let Some(cron) = trigger.get("schedule").and_then(|schedule| schedule.get("cron")) else { continue };
        if let Some(text) = cron.text().filter(|text| !text.contains("<<")) {
            found.extend(finding(context, &cron, text));
        }
    }
}

fn finding(context: &Context<'_>, cron: &Node, text: &str) -> Option<Diagnostic> {
    let span = cron.resolved().span();
    let warning =
        |message: String, help: String| Diagnostic::warning(INVALID_CRON.id, span, message).with_help(help);
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != UNITS.len() {
        let message = format!("a cron line has 5 fields; {} in {}", fields.len(), shown(text));
        return Some(warning(message, "minute, hour, day of the month, month, day of the week".to_owned()));
    }
    let mut values = Vec::new();
    for (field, unit) in fields.iter().zip(&UNITS) {
        match read(field, unit) {
            Ok(read) => values.push(read),
            Err(why) => {
                let help = format!(
                    "The {} is {} to {}, `*`, or a list of such numbers",
                    unit.name, unit.least, unit.most
                );
                return Some(warning(format!("the {} {} {why}", unit.name, shown(field)), help));
            }
        }
    }
    if let Some((at, what)) = values.iter().enumerate().find_map(|(at, read)| Some((at, read.unsupported?))) {
        let better: Vec<String> = fields.iter().zip(&values).zip(&UNITS).map(supported).collect();
        let better = better.join(" ");
        let fix = reworded(context.sources, span, text, &better);
        let help = format!("Write every value: {}", shown(&better));
        let message = format!("CircleCI does not support {what}, as in {}", shown(fields[at]));
        return Some(warning(message, help).with_fix(fix.map(Fix::behaviour_changing)));
    }
    let [_, _, days, months, _] = values.as_slice() else { return None };
    let there = |month: &u32| {
        let length = LENGTHS[(*month as usize).clamp(1, LENGTHS.len()) - 1];
        days.all.iter().any(|day| *day <= length)
    };
    // With both kinds of days written, either of them is enough.
    if fields[4] == "*" && !months.all.iter().any(there) {
        let message = format!("{} never comes: no such month has that day", shown(text));
        return Some(warning(message, "The workflow never runs".to_owned()));
    }
    None
}

/// The field as CircleCI supports it.
fn supported(((field, values), unit): ((&&str, &Values), &Unit)) -> String {
    if values.unsupported.is_none() {
        return (*field).to_owned();
    }
    if values.all.len() == (unit.most - unit.least + 1) as usize {
        return "*".to_owned();
    }
    values.all.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// The values of `field`, or what is wrong with it.
fn read(field: &str, unit: &Unit) -> Result<Values, &'static str> {
    let mut values = Values { all: Vec::new(), unsupported: None };
    let items: Vec<&str> = field.split(',').collect();
    for item in &items {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => {
                (range, step.parse::<u32>().ok().filter(|step| *step > 0).ok_or("has no step")?)
            }
            None => (*item, 1),
        };
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (unit.least, unit.most),
            Some((first, last)) => (value(first, unit)?, value(last, unit)?),
            None if item.contains('/') => (value(range, unit)?, unit.most),
            None => (value(range, unit)?, value(range, unit)?),
        };
        if first > last {
            return Err("ends before it begins");
        }
        let ranged = range.contains('-');
        // Documented are ranges of days in general; those of numbers run in many public projects.
        let named = unit.days && range.contains(|c: char| c.is_ascii_alphabetic());
        values.unsupported = values.unsupported.or(match () {
            () if item.contains('/') => Some("steps"),
            () if ranged && items.len() > 1 => Some("ranges inside lists"),
            () if ranged && named => Some("ranges of named days"),
            () => None,
        });
        values.all.extend((first..=last).step_by(step as usize));
    }
    sort::by(&mut values.all, Ord::cmp);
    values.all.dedup();
    // 0 and 7 are both Sunday.
    if unit.most == 7 && values.all.first() == Some(&0) && values.all.last() == Some(&7) {
        values.all.pop();
    }
    Ok(values)
}

fn value(text: &str, unit: &Unit) -> Result<u32, &'static str> {
    let lower = text.to_ascii_lowercase();
    if let Some(place) = unit.words.iter().position(|word| *word == lower) {
        return u32::try_from(place).map(|place| place + unit.least).map_err(|_| "is out of range");
    }
    let number: u32 = text.parse().map_err(|_| "is not a number")?;
    if (unit.least..=unit.most).contains(&number) { Ok(number) } else { Err("is out of range") }
}
