use super::suggestion::shown;
use super::{Context, declare_check};
use crate::config::{OrbImport, OrbSource, is_template};
use crate::diagnostic::Diagnostic;
use crate::orb::{OrbReference, OrbVersion};
use crate::yaml::Resolved;

declare_check! {
    /// ## What it does
    ///
    /// Finds imports of orbs that name no orb: without a namespace, without a version, or with a version that is
    /// none. A version is `1.2.3`, `1.2`, `1`, `volatile` or `dev:` and a label; a whole address begins with
    /// `https://`. References with `<< >>` are left alone.
    ///
    /// ## Why it matters
    ///
    /// CircleCI cannot find such an orb and refuses the whole config: `Cannot find circleci/node in the orb
    /// registry. Check that the namespace, orb name and version are correct.`
    ///
    /// ## How to fix
    ///
    /// Write namespace, name and version:
    ///
    /// ```yaml
    /// orbs:
    ///   node: circleci/node@5
    /// ```
    INVALID_ORB_REFERENCE = "invalid-orb-reference", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    imports(&context.config.own, found);
}

fn imports(own: &OrbSource, found: &mut Vec<Diagnostic>) {
    for import in &own.orbs {
        found.extend(diagnostic(import));
        if let Some(inline) = &import.inline {
            imports(inline, found);
        }
    }
}

fn diagnostic(import: &OrbImport) -> Option<Diagnostic> {
    // Of a number or boolean its type is told.
    let is_text = matches!(import.node.meaning(), Some(Resolved::String(_) | Resolved::Verbatim(_)));
    let reference = import.reference.as_ref().filter(|_| is_text && !is_template(&import.node))?;
    let text = reference.as_str();
    let named = match OrbReference::parse(text) {
        Some(OrbReference { version: OrbVersion::Development(label), .. }) => !label.is_empty(),
        parsed => parsed.is_some(),
    };
    if named || text.strip_prefix("https://").is_some_and(|rest| !rest.is_empty()) {
        return None;
    }
    let problem = match text.split_once('@') {
        _ if text.contains("://") => "an address of an orb begins with `https://`",
        None => "it has no version",
        Some((name, _)) if name.split('/').filter(|part| !part.is_empty()).count() != 2 => {
            "an orb is named by namespace and name"
        }
        Some((name, _))
            if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_".contains(&byte)) =>
        {
            "its name has a character that names of orbs have not"
        }
        Some(_) => "its version is none",
    };
    let message = format!("{} names no orb: {problem}", shown(text));
    let help = "Write `namespace/name@version`, with a version such as `1.2.3`, `1.2`, `1` or `volatile`";
    Some(Diagnostic::error(INVALID_ORB_REFERENCE.id, reference.span, message).with_help(help))
}
